import { makeStyles, tokens } from '@fluentui/react-components';
import type { HistoryEntry } from '../../../shared/people.ts';
import { momentInWords } from '../../../shared/status.ts';
import { useNow } from '../../app/use-now.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { FieldValue } from '../../components/FieldValue.tsx';
import { ruleNames, serviceNames } from '../../components/names.ts';
import { Section } from '../../components/Section.tsx';
import { ServiceWords } from '../../components/ServiceWords.tsx';

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, display: 'block' } });

/** Every value that was written for the person, the latest first. */
export function PersonHistory({ history }: { readonly history: readonly HistoryEntry[] }) {
  const styles = useStyles();
  const now = useNow(60_000);
  if (history.length === 0) return <Section title="History" lead="Nothing has been written for this person yet." />;
  return (
    <Section title="History" lead="What Leadferry has written, the latest first.">
      <DataTable
        label="History"
        rows={history}
        rowKey={(_entry, index) => index}
        columns={[
          {
            title: 'When',
            width: '22%',
            cell: ({ time, run }) => (
              <>
                {capitalised(momentInWords(time, now))}
                <span className={styles.quiet}>Run {run}</span>
              </>
            ),
          },
          {
            title: 'Field',
            width: '20%',
            cell: ({ field, service }) => (
              <>
                {field}
                <span className={styles.quiet}>in {serviceNames[service]}</span>
              </>
            ),
          },
          { title: 'Before', cell: (entry) => <FieldValue value={entry.old} /> },
          { title: 'After', cell: (entry) => <FieldValue value={entry.new} /> },
          {
            title: 'Because',
            width: '22%',
            cell: ({ rule, answer }) => (
              <>
                {ruleNames[rule]}
                {answer !== '' && <ServiceWords words={answer} />}
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
