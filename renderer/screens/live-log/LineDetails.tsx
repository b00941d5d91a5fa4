import { makeStyles, tokens } from '@fluentui/react-components';
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

/** Everything that a line holds. */
export function LineDetails({ line }: { readonly line: LogLine }) {
  const styles = useStyles();
  const { person } = line;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Message', line.message],
    ['When', clockTime(line.time)],
    ['Event', line.event],
    ['Run', line.run?.toString()],
    ['Person', person?.email],
    ['In ActiveCampaign', person?.activeCampaignId],
    ['In Dynamics', person?.dynamics && `${person.dynamics.entity} ${person.dynamics.id}`],
    ...Object.entries(line.details ?? {}).map(([name, value]) => [inWords(name), asText(value)] as const),
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

/** "serviceMessage" as "Service message". */
function inWords(name: string): string {
  const spaced = name.replaceAll(/([a-z])([A-Z])/g, (_match, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return JSON.stringify(value);
}
