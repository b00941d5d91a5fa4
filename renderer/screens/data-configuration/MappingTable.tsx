import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular, ArrowSwapRegular } from '@fluentui/react-icons';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import { Section } from '../../components/Section.tsx';
import { type DraftProblem, type MappingDraft, nextKey } from './draft.ts';
import { MappingRow, mappingColumns } from './MappingRow.tsx';

const useStyles = makeStyles({
  table: { display: 'flex', flexDirection: 'column', gap: '8px' },
  head: { display: 'grid', gridTemplateColumns: mappingColumns, gap: '8px', color: tokens.colorNeutralForeground2 },
  fixed: {
    display: 'grid',
    gridTemplateColumns: mappingColumns,
    gap: '8px',
    alignItems: 'center',
    minHeight: '32px',
    paddingBottom: '8px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  both: { display: 'flex', alignItems: 'center', gap: '6px', color: tokens.colorNeutralForeground2 },
  indent: { paddingLeft: '12px' },
  add: { alignSelf: 'flex-start' },
});

interface MappingTableProps {
  readonly mappings: readonly MappingDraft[];
  readonly choices: FieldChoices;
  readonly problems: readonly DraftProblem[];
  readonly onChange: (mappings: readonly MappingDraft[]) => void;
}

export function MappingTable({ mappings, choices, problems, onChange }: MappingTableProps) {
  const styles = useStyles();
  const addRow = () => onChange([...mappings, { key: nextKey(mappings), dynamics: null, activeCampaign: null, direction: 'both' }]);
  return (
    <Section
      title="Field mapping"
      lead="Which Dynamics column belongs to which ActiveCampaign field. Only fields whose types fit are offered."
    >
      <div className={styles.table}>
        <div className={styles.head} aria-hidden="true">
          <Text size={200}>Dynamics column</Text>
          <Text size={200}>Direction</Text>
          <Text size={200}>ActiveCampaign field</Text>
        </div>
        <div className={styles.fixed}>
          <Text className={styles.indent}>Email</Text>
          <span className={styles.both}>
            <ArrowSwapRegular aria-hidden="true" /> Both ways, always
          </span>
          <Text className={styles.indent}>Email</Text>
        </div>
        {mappings.map((row) => (
          <MappingRow
            key={row.key}
            mapping={row}
            choices={choices}
            problem={problems.find(({ at, key }) => at === 'mapping' && key === row.key)?.message ?? null}
            onChange={(changed) => onChange(mappings.map((other) => (other.key === changed.key ? changed : other)))}
            onRemove={() => onChange(mappings.filter(({ key }) => key !== row.key))}
          />
        ))}
        <Button className={styles.add} icon={<AddRegular />} onClick={addRow}>
          Add a field
        </Button>
      </div>
    </Section>
  );
}
