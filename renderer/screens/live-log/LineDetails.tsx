import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { LogLine } from '../../../shared/log-line.ts';
import { clockTime } from './clock-time.ts';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: '20px',
    rowGap: '4px',
    margin: 0,
    padding: '14px 56px 14px 20px',
    fontSize: tokens.fontSizeBase300,
  },
  name: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', userSelect: 'text' },
});

interface LineDetailsProps {
  readonly line: LogLine;
  /** Shows the lines about this person, or of this run, only. */
  readonly onPerson: (person: string) => void;
  readonly onRun: (run: number) => void;
}

/** Everything that a line holds. */
export function LineDetails({ line, onPerson, onRun }: LineDetailsProps) {
  const styles = useStyles();
  const { person, run } = line;
  const narrowTo = (words: string | undefined, narrow: () => void) =>
    words && (
      <Link as="button" onClick={narrow}>
        {words}
      </Link>
    );
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['Message', line.message],
    ['When', clockTime(line.time)],
    ['Event', line.event],
    ['Run', narrowTo(run?.toString(), () => onRun(run ?? 0))],
    ['Person', narrowTo(person?.email, () => onPerson(person?.email ?? ''))],
    ['In ActiveCampaign', person?.activeCampaignId],
    ['In Dynamics', person?.dynamics && `${person.dynamics.entity} ${person.dynamics.id}`],
    ...Object.entries(line.details ?? {}).map(([name, value]) => [wordsOf[name] ?? inWords(name), asText(value)] as const),
  ];
  return (
    <dl className={styles.list}>
      {rows.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name} style={{ display: 'contents' }}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

const wordsOf: Readonly<Record<string, string>> = { serviceMessage: 'What the service said', advice: 'What to do' };

/** "requestId" as "Request id". */
function inWords(name: string): string {
  const spaced = name.replaceAll(/([a-z])([A-Z])/g, (_match, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => `${inWords(name)}: ${typeof part === 'object' && part !== null ? `(${asText(part)})` : asText(part)}`)
    .join(', ');
}
