import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { FinishedRun } from '../../../shared/overview.ts';
import { momentInWords } from '../../../shared/status.ts';
import { useNow } from '../../app/use-now.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { Section } from '../../components/Section.tsx';
import { outcomeNames } from './outcome-names.ts';
import { RunChart } from './RunChart.tsx';

const useStyles = makeStyles({
  summary: { cursor: 'pointer', color: tokens.colorNeutralForeground2 },
  content: { display: 'flex', flexDirection: 'column', gap: '16px' },
  table: { paddingTop: '8px' },
  // In its place already, so that nothing moves when it comes.
  awaited: { visibility: 'hidden' },
});

/** What the last runs did, as a chart and as a table. @param runs null while they are awaited, and there are some. */
export function LastRuns({ runs }: { readonly runs: readonly FinishedRun[] | null }) {
  const styles = useStyles();
  const now = useNow(60_000);
  if (runs?.length === 0)
    return <Section title="Last runs" lead="What each run created, updated and held is shown here after the first one." />;
  return (
    <Section title="Last runs">
      <div className={mergeClasses(styles.content, runs === null && styles.awaited)}>
        <RunChart runs={runs ?? []} now={now} />
        <details>
          <summary className={styles.summary}>
            <Text>Run by run</Text>
          </summary>
          <div className={styles.table}>
            <DataTable
              label="Last runs"
              rows={runs?.toReversed() ?? []}
              rowKey={({ number }) => number}
              columns={[
                { title: 'Run', width: '48px', cell: ({ number }) => number },
                { title: 'When', width: '24%', cell: ({ finishedAt }) => momentInWords(finishedAt, now) },
                { title: 'Created', width: '72px', number: true, cell: ({ created }) => created.toLocaleString('en') },
                { title: 'Updated', width: '72px', number: true, cell: ({ updated }) => updated.toLocaleString('en') },
                { title: 'Held', width: '72px', number: true, cell: ({ held }) => held.toLocaleString('en') },
                { title: 'How it ended', cell: ({ outcome }) => outcomeNames[outcome] },
              ]}
            />
          </div>
        </details>
      </div>
    </Section>
  );
}
