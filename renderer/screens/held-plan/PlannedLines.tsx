import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { HeldPlanView, PlannedLine } from '../../../shared/held-plan.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { FieldValue } from '../../components/FieldValue.tsx';
import { linkEndNames, ruleNames, serviceNames } from '../../components/names.ts';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, display: 'block' } });

const reasons: Readonly<Record<PlannedLine['because'], string>> = { ...ruleNames, ...linkEndNames };

/** Field by field: who, what was there, what would be there, by which rule. */
export function PlannedLines({ plan: { lines, further } }: { readonly plan: HeldPlanView }) {
  const styles = useStyles();
  return (
    <Section title="Line by line" lead={further === 0 ? 'Everything that it would write.' : 'What the limit is about comes first.'}>
      <DataTable
        label="What the held run would write"
        rows={lines}
        rowKey={(_line, index) => index}
        columns={[
          { title: 'Who', width: '28%', cell: ({ email }) => email ?? 'No e-mail' },
          {
            title: 'Field',
            width: '20%',
            cell: ({ field, service }) => (
              <>
                {field}
                {service !== null && <span className={styles.quiet}>in {serviceNames[service]}</span>}
              </>
            ),
          },
          { title: 'Now', cell: (line) => <FieldValue value={line.old} /> },
          { title: 'Then', cell: (line) => <FieldValue value={line.new} /> },
          { title: 'Because', width: '20%', cell: ({ because }) => reasons[because] },
        ]}
      />
      {further > 0 && (
        <Text className={styles.quiet}>
          {further === 1 ? 'One more line is not shown.' : `${further.toLocaleString('en')} more lines are not shown.`}
        </Text>
      )}
    </Section>
  );
}
