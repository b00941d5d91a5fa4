import { Button, makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { AddRegular, ArrowSwapRegular } from '@fluentui/react-icons';
import { memo, useMemo, useRef, useState } from 'react';
import type { Entity } from '../../../shared/entity.ts';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import { Section } from '../../components/Section.tsx';
import type { DraftProblem } from './check-draft.ts';
import { type EntityDraft, type MappingDraft, nextKey } from './draft.ts';
import { FileProblems } from './FileProblems.tsx';
import { columnOptionsOf, MappingRow, mappingColumns, removeButtonId } from './MappingRow.tsx';
import { SuggestedMappings } from './SuggestedMappings.tsx';
import { type SuggestedMapping, suggestMappings } from './suggest-mappings.ts';
import { useFieldExamples } from './use-field-examples.ts';

const rowsAtFirst = 25;
const none: readonly string[] = [];

const useStyles = makeStyles({
  search: { width: '200px' },
  table: { display: 'flex', flexDirection: 'column', gap: '2px' },
  head: {
    display: 'grid',
    gridTemplateColumns: mappingColumns,
    gap: '8px',
    paddingBottom: '4px',
    color: tokens.colorNeutralForeground2,
  },
  fixed: {
    display: 'grid',
    gridTemplateColumns: mappingColumns,
    gap: '8px',
    alignItems: 'center',
    minHeight: '32px',
    paddingBottom: '8px',
    marginBottom: '8px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  both: { display: 'flex', alignItems: 'center', gap: '6px', color: tokens.colorNeutralForeground2 },
  indent: { paddingLeft: '12px' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  note: { color: tokens.colorNeutralForeground2 },
});

interface MappingTableProps {
  readonly entity: Entity;
  readonly mappings: readonly MappingDraft[];
  readonly choices: FieldChoices;
  readonly problems: readonly DraftProblem[];
  readonly onChange: (change: Pick<EntityDraft, 'mappings'>) => void;
}

export const MappingTable = memo(function MappingTable({ entity, mappings, choices, problems, onChange }: MappingTableProps) {
  const styles = useStyles();
  const addButton = useRef<HTMLElement>(null);
  const [query, setQuery] = useState('');
  const [limit, setLimit] = useState(rowsAtFirst);
  const [added, setAdded] = useState<number | null>(null);
  const examples = useFieldExamples(entity, mappings);
  const columnOptions = useMemo(() => columnOptionsOf(choices.columns), [choices]);
  const suggestions = useMemo(() => suggestMappings(choices, mappings), [choices, mappings]);

  const problemOf = (row: MappingDraft) => problems.find(({ at, key }) => at === 'mapping' && key === row.key) ?? null;
  const found = mappings.filter((row) => row.key === added || problemOf(row) !== null || mentions(row, choices, query));
  // What is to be corrected or was just added is shown wherever it stands.
  const shown = found.filter((row, index) => index < limit || row.key === added || problemOf(row) !== null);

  const change = (changed: MappingDraft) => onChange({ mappings: mappings.map((other) => (other.key === changed.key ? changed : other)) });
  const add = (rows: readonly Omit<MappingDraft, 'key'>[]) => {
    const first = nextKey(mappings);
    setAdded(first);
    onChange({ mappings: [...mappings, ...rows.map((row, index) => ({ ...row, key: first + index }))] });
  };
  const remove = (key: number) => {
    const at = shown.findIndex((row) => row.key === key);
    const next = shown[at + 1] ?? shown[at - 1];
    if (next === undefined) addButton.current?.focus();
    else document.getElementById(removeButtonId(next.key))?.focus();
    onChange({ mappings: mappings.filter((row) => row.key !== key) });
  };

  return (
    <Section
      title="Field mapping"
      lead="Which Dynamics column belongs to which ActiveCampaign field. Only fields whose types fit are offered."
      aside={
        <SearchBox
          className={styles.search}
          aria-label="Search the mapped fields"
          placeholder="Search"
          value={query}
          onChange={(_event, { value }) => {
            setAdded(null);
            setQuery(value);
          }}
        />
      }
    >
      <FileProblems entity={entity} part="mappings" />
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
        {shown.map((row) => (
          <MappingRow
            key={row.key}
            mapping={row}
            choices={choices}
            columnOptions={columnOptions}
            examples={{ column: examples?.columns[row.dynamics ?? ''] ?? none, field: examples?.fields[row.activeCampaign ?? ''] ?? none }}
            problem={problemOf(row)}
            autoFocus={row.key === added && row.dynamics === null}
            onChange={change}
            onRemove={remove}
          />
        ))}
        {mappings.length === 0 && (
          <Text className={styles.note}>Only the e-mail is mapped. Names and telephone numbers would be a start.</Text>
        )}
        {mappings.length > 0 && found.length === 0 && <Text className={styles.note}>No mapped field is called “{query.trim()}”.</Text>}
        {found.length > shown.length && (
          <div>
            <Button appearance="subtle" onClick={() => setLimit(found.length)}>
              Show {found.length - shown.length} more
            </Button>
          </div>
        )}
      </div>
      <div className={styles.actions}>
        <Button
          ref={(button: HTMLElement | null) => {
            addButton.current = button;
          }}
          icon={<AddRegular />}
          onClick={() => add([{ dynamics: null, activeCampaign: null, direction: 'both' }])}
        >
          Add a field
        </Button>
        <SuggestedMappings suggestions={suggestions} onAdd={(chosen) => add(chosen.map(mappingOf))} />
      </div>
      {examples !== null && examples.incompleteBecause !== null && (
        <Text size={200} className={styles.note}>
          Some example values are missing. {examples.incompleteBecause}
        </Text>
      )}
    </Section>
  );
});

const mappingOf = ({ column, field, direction }: SuggestedMapping): Omit<MappingDraft, 'key'> => ({
  dynamics: column.name,
  activeCampaign: field.name,
  direction,
});

/** Whether either side is called so, by its label or by its name. */
function mentions({ dynamics, activeCampaign }: MappingDraft, { columns, fields }: FieldChoices, query: string): boolean {
  const words = query.trim().toLowerCase();
  if (words === '') return true;
  const column = columns.find(({ name }) => name === dynamics);
  const field = fields.find(({ name }) => name === activeCampaign);
  return `${dynamics ?? ''} ${column?.label ?? ''} ${field?.label ?? ''}`.toLowerCase().includes(words);
}
