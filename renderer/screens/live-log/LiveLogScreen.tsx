import { Button, makeStyles, Switch, Text, Title2, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useId, useMemo, useState, useSyncExternalStore } from 'react';
import type { LogLevel } from '../../../shared/log-line.ts';
import { useApi, useAppState } from '../../app/context.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { typedEntries } from '../../components/typed-entries.ts';
import { LineDetails } from './LineDetails.tsx';
import { LogLines } from './LogLines.tsx';
import { createLogStore } from './log-store.ts';

const useStyles = makeStyles({
  screen: { height: '100%', boxSizing: 'border-box', display: 'flex', flexDirection: 'column', gap: '12px', padding: '28px 32px 20px' },
  header: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
  title: { margin: 0, flexGrow: 1 },
  level: { minWidth: '170px' },
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
  footer: { color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
});

const levelNames = {
  debug: 'Everything',
  info: 'Information and up',
  warn: 'Warnings and errors',
  error: 'Errors only',
} as const satisfies Record<LogLevel, string>;

export function LiveLogScreen() {
  const { mode } = useAppState();
  const [level, setLevel] = useState<LogLevel>('info');
  // The log of the other mode is another log, and so is that of another level.
  return <LeveledLog key={`${mode} ${level}`} level={level} onLevel={setLevel} />;
}

function LeveledLog({ level, onLevel }: { readonly level: LogLevel; readonly onLevel: (level: LogLevel) => void }) {
  const styles = useStyles();
  const api = useApi();
  const store = useMemo(() => createLogStore(api, level), [api, level]);
  const view = useSyncExternalStore(store.subscribe, store.snapshot);
  const [follow, setFollow] = useState(true);
  const [selected, setSelected] = useState<number | null>(null);
  const titleId = useId();
  const selectedLine = view.lines.find(({ id }) => id === selected);

  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <Title2 as="h1" id={titleId} className={styles.title}>
          Live Log
        </Title2>
        <Choice label="Level" className={styles.level} options={typedEntries(levelNames)} value={level} onChoose={onLevel} />
        <Switch label="Follow" checked={follow} onChange={(_event, { checked }) => setFollow(checked)} />
      </header>
      {view.error !== null && <ErrorMessage error={view.error} />}
      <div className={styles.frame}>
        <LogLines
          view={view}
          labelledBy={titleId}
          follow={follow}
          onFollow={setFollow}
          selected={selected}
          onSelect={(id) => {
            setSelected(id);
            setFollow(false);
          }}
          onReachStart={store.loadOlder}
        />
        {selectedLine !== undefined && (
          <div className={styles.details}>
            <Button
              className={styles.close}
              appearance="subtle"
              icon={<DismissRegular />}
              aria-label="Close the details"
              onClick={() => setSelected(null)}
            />
            <LineDetails line={selectedLine} />
          </div>
        )}
      </div>
      <Text size={200} className={styles.footer}>
        {view.lines.length === 1 ? 'One line' : `${view.lines.length.toLocaleString('en')} lines`}
        {view.complete ? '' : ', older ones are read when you scroll up'}
      </Text>
    </div>
  );
}
