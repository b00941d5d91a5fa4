import { Input, makeStyles, SearchBox, Title2 } from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { LogFilter, LogLevel } from '../../../shared/log-line.ts';
import { useAppState, useTarget } from '../../app/context.ts';
import { useSettled } from '../../app/use-settled.ts';
import { Choice } from '../../components/Choice.tsx';
import { typedEntries } from '../../components/typed-entries.ts';
import { ExportLog } from './ExportLog.tsx';
import { FilteredLog } from './FilteredLog.tsx';

const useStyles = makeStyles({
  screen: { height: '100%', boxSizing: 'border-box', display: 'flex', flexDirection: 'column', gap: '12px', padding: '28px 32px 20px' },
  header: { display: 'flex', alignItems: 'center', gap: '12px' },
  title: { margin: 0, flexGrow: 1 },
  filters: { display: 'flex', gap: '8px' },
  words: { flex: '2 1 0', minWidth: 0, maxWidth: 'none' },
  person: { flex: '2 1 0', minWidth: 0 },
  run: { width: '88px', minWidth: 0 },
  // Fluent gives the text field its default width, which is more than the row can spare.
  input: { minWidth: 0, width: '100%' },
  level: { minWidth: '178px' },
});

const levelNames = {
  debug: 'Everything',
  info: 'Information and up',
  warn: 'Warnings and errors',
  error: 'Errors only',
} as const satisfies Record<LogLevel, string>;

export function LiveLogScreen() {
  const { mode } = useAppState();
  const target = useTarget('liveLog');
  // The log of the other mode is another log.
  return <Log key={`${mode} ${target?.turn}`} run={target?.target.run ?? null} person={target?.target.person ?? ''} />;
}

function Log({ run: firstRun, person: firstPerson }: Pick<LogFilter, 'run' | 'person'>) {
  const styles = useStyles();
  const [minimumLevel, setMinimumLevel] = useState<LogLevel>('info');
  const [text, setText] = useState('');
  const [person, setPerson] = useState(firstPerson);
  const [run, setRun] = useState(firstRun?.toString() ?? '');
  const titleId = useId();
  const filter: LogFilter = {
    minimumLevel,
    text: useSettled(text.trim()),
    person: useSettled(person.trim()),
    run: runNumber(useSettled(run)),
  };

  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <Title2 as="h1" id={titleId} className={styles.title}>
          Live Log
        </Title2>
        <ExportLog filter={filter} />
      </header>
      <search className={styles.filters}>
        <SearchBox
          className={styles.words}
          input={{ className: styles.input }}
          aria-label="Words"
          placeholder="Words"
          maxLength={200}
          value={text}
          onChange={(_event, { value }) => setText(value)}
        />
        <SearchBox
          className={styles.person}
          input={{ className: styles.input }}
          aria-label="Person"
          placeholder="E-mail or id"
          maxLength={320}
          value={person}
          onChange={(_event, { value }) => setPerson(value)}
        />
        <Input
          className={styles.run}
          input={{ className: styles.input }}
          aria-label="Run"
          placeholder="Run"
          inputMode="numeric"
          maxLength={9}
          value={run}
          onChange={(_event, { value }) => setRun(value.replaceAll(/\D/g, ''))}
        />
        <Choice label="Level" className={styles.level} options={typedEntries(levelNames)} value={minimumLevel} onChoose={setMinimumLevel} />
      </search>
      <FilteredLog
        key={JSON.stringify(filter)}
        filter={filter}
        labelledBy={titleId}
        onPerson={setPerson}
        onRun={(number) => setRun(String(number))}
      />
    </div>
  );
}

/** Null where none is asked for. */
function runNumber(text: string): number | null {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : null;
}
