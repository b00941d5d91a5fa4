import { Button, makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useId, useMemo, useState, useSyncExternalStore } from 'react';
import type { LogFilter } from '../../../shared/log-line.ts';
import { useApi } from '../../app/context.ts';
import { useEscape } from '../../app/use-escape.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { LineDetails } from './LineDetails.tsx';
import { LogLines } from './LogLines.tsx';
import { createLogStore } from './log-store.ts';

const useStyles = makeStyles({
  frame: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
    overflow: 'hidden',
  },
  details: { position: 'relative', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, maxHeight: '45%', overflowY: 'auto' },
  close: { position: 'absolute', top: '8px', right: '8px' },
  footer: { display: 'flex', alignItems: 'center', marginBlock: '-8px' },
  count: { flexGrow: 1, color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
});

interface FilteredLogProps {
  /** Another filter is another log: give it as the key as well. */
  readonly filter: LogFilter;
  readonly labelledBy: string;
  readonly onPerson: (person: string) => void;
  readonly onRun: (run: number) => void;
}

/** The lines that the filter lets through, and the one that was chosen. */
export function FilteredLog({ filter, labelledBy, onPerson, onRun }: FilteredLogProps) {
  const styles = useStyles();
  const api = useApi();
  const [stable] = useState(filter);
  const store = useMemo(() => createLogStore(api, stable), [api, stable]);
  const view = useSyncExternalStore(store.subscribe, store.snapshot);
  /** The last line that was there when somebody stopped following; null while following. */
  const [pausedAt, setPausedAt] = useState<number | null>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const listId = useId();
  // The way out is out of sight then: the keyboard goes on in the list.
  const close = () => {
    setSelected(null);
    document.getElementById(listId)?.focus();
  };
  const selectedLine = view.lines.find(({ id }) => id === selected);
  const newer = pausedAt === null ? 0 : view.lines.filter(({ id }) => id > pausedAt).length;
  useEscape(selected === null ? null : close);
  const follow = (on: boolean) => setPausedAt(on ? null : (view.lines.at(-1)?.id ?? 0));

  return (
    <>
      {view.error !== null && <ErrorMessage error={view.error} />}
      <div className={styles.frame}>
        <LogLines
          id={listId}
          view={view}
          labelledBy={labelledBy}
          nothing={isOpen(stable) ? 'Nothing has been logged yet.' : 'No line fits.'}
          follow={pausedAt === null}
          onFollow={follow}
          selected={selected}
          onSelect={(id) => {
            setSelected(id);
            if (pausedAt === null) follow(false);
          }}
          onReachStart={store.loadOlder}
        />
        {selectedLine !== undefined && (
          <div className={styles.details}>
            <Button className={styles.close} appearance="subtle" icon={<DismissRegular />} aria-label="Close the details" onClick={close} />
            <LineDetails line={selectedLine} onPerson={onPerson} onRun={onRun} />
          </div>
        )}
      </div>
      <div className={styles.footer}>
        <Text size={200} className={styles.count}>
          {view.lines.length === 1 ? 'One line' : `${view.lines.length.toLocaleString('en')} lines`}
          {view.complete ? '' : ', older ones are read when you scroll up'}
          {newer > 0 && `; ${newer.toLocaleString('en')} new since you paused`}
        </Text>
        <Switch label="Follow" checked={pausedAt === null} onChange={(_event, { checked }) => follow(checked)} />
      </div>
    </>
  );
}

const isOpen = ({ run, person, text }: LogFilter): boolean => run === null && person === '' && text === '';
