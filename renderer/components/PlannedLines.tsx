import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { type PlanEffect, type PlannedLine, planEffects } from '../../shared/planned.ts';
import { Choice } from './Choice.tsx';
import { DataTable } from './DataTable.tsx';
import { FieldValue } from './FieldValue.tsx';
import { entityNames, linkEndNames, planEffectNames, ruleNames, serviceNames } from './names.ts';
import { Section } from './Section.tsx';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, display: 'block' },
  kinds: { minWidth: '230px' },
});

const reasons: Readonly<Record<PlannedLine['because'], string>> = { ...ruleNames, ...linkEndNames };

interface PlannedLinesProps {
  /** What the lines are, for screen readers. */
  readonly label: string;
  readonly lead: string;
  readonly lines: readonly PlannedLine[];
  /** How many more lines there are. */
  readonly further: number;
}

/** Field by field: who, what was there, what would be there, by which rule. */
export function PlannedLines({ label, lead, lines, further }: PlannedLinesProps) {
  const styles = useStyles();
  const [chosen, setChosen] = useState<PlanEffect | 'all'>('all');
  const kinds = planEffects.filter((effect) => lines.some((line) => line.effect === effect));
  const shown = chosen === 'all' ? lines : lines.filter(({ effect }) => effect === chosen);
  return (
    <Section
      title="Line by line"
      lead={lead}
      aside={
        kinds.length > 1 && (
          <Choice
            label="Show"
            className={styles.kinds}
            options={[['all', 'Everything'], ...kinds.map((kind) => [kind, capitalised(planEffectNames[kind])] as const)]}
            value={chosen}
            onChoose={setChosen}
          />
        )
      }
    >
      <DataTable
        label={label}
        rows={shown.map((line, index) => ({ line, again: isSame(line, shown[index - 1]) }))}
        rowKey={(_row, index) => index}
        columns={[
          { title: 'Who', width: '25%', cell: ({ line, again }) => <Who line={line} again={again} /> },
          {
            title: 'Field',
            width: '16%',
            cell: ({ line: { field, service } }) => (
              <>
                {field}
                {service !== null && <span className={styles.quiet}>in {serviceNames[service]}</span>}
              </>
            ),
          },
          { title: 'Now', cell: ({ line }) => <FieldValue value={line.old} /> },
          { title: 'Then', cell: ({ line }) => <FieldValue value={line.new} /> },
          { title: 'Because', width: '17%', cell: ({ line }) => reasons[line.because] },
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

/** Said once for the lines of one person that follow each other. */
function Who({ line, again }: { readonly line: PlannedLine; readonly again: boolean }) {
  const styles = useStyles();
  const who = line.email ?? 'No e-mail';
  if (again) return <span className={styles.quiet}>same</span>;
  return (
    <>
      {who}
      <span className={styles.quiet}>{entityNames[line.entity]}</span>
    </>
  );
}

const isSame = (line: PlannedLine, before: PlannedLine | undefined): boolean =>
  before !== undefined && line.email !== null && line.email === before.email && line.entity === before.entity;

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
