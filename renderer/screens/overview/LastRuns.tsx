import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { FinishedRun } from '../../../shared/overview.ts';
import { momentInWords } from '../../../shared/status.ts';
import { useNow } from '../../app/use-now.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { Section } from '../../components/Section.tsx';
import { RunBars } from './RunBars.tsx';

const useStyles = makeStyles({
  bars: { display: 'flex', flexDirection: 'column', gap: '8px' },
  summary: { cursor: 'pointer', color: tokens.colorNeutralForeground2 },
  table: { paddingTop: '8px' },
});

const outcomeNames = {
  ok: 'Finished',
  attention: 'Finished; some need attention',
  held: 'Held by a limit',
  failed: 'Failed',
  stopped: 'Stopped',
} as const satisfies Record<FinishedRun['outcome'], string>;

/** What the last runs did, as bars and as a table. */
export function LastRuns({ runs }: { readonly runs: readonly FinishedRun[] }) {
  const styles = useStyles();
  const now = useNow(60_000);
  if (runs.length === 0)
    return <Section title="Last runs" lead="What each run created, updated and held is shown here after the first one." />;
  return (
    <Section title="Last runs">
      <div className={styles.bars} aria-hidden="true">
        <RunBars title="Created" colour={tokens.colorBrandForeground1} runs={runs} count={(run) => run.created} />
        <RunBars title="Updated" colour={tokens.colorBrandForeground2} runs={runs} count={(run) => run.updated} />
        <RunBars title="Held" colour={tokens.colorPaletteDarkOrangeBackground3} runs={runs} count={(run) => run.held} times />
      </div>
      <details>
        <summary className={styles.summary}>
          <Text>Run by run</Text>
        </summary>
        <div className={styles.table}>
          <DataTable
            label="Last runs"
            rows={runs.toReversed()}
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
    </Section>
  );
}
