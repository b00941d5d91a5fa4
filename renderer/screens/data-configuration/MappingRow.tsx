import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import type { ColumnChoice, FieldChoice, FieldChoices } from '../../../shared/field-choices.ts';
import { mappingDirections } from '../../../shared/field-pairs.ts';
import type { OptionCorrection } from '../../../shared/option-pairs.ts';
import type { Direction } from '../../../shared/settings.ts';
import { Choice } from '../../components/Choice.tsx';
import { Picker, type PickerOption } from '../../components/Picker.tsx';
import { type DraftProblem, mappable } from './check-draft.ts';
import type { MappingDraft } from './draft.ts';
import { OptionPairs } from './OptionPairs.tsx';

/** Dynamics column, direction, ActiveCampaign field, remove. */
export const mappingColumns = 'minmax(0, 1fr) 190px minmax(0, 1fr) 32px';

const useStyles = makeStyles({
  row: {
    margin: 0,
    padding: '0 0 6px',
    border: 'none',
    minWidth: 0,
    display: 'grid',
    gridTemplateColumns: mappingColumns,
    gap: '2px 8px',
    alignItems: 'start',
  },
  // There while it is empty, so that nothing moves when the examples come.
  detail: {
    minHeight: '16px',
    paddingInline: '12px',
    color: tokens.colorNeutralForeground3,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  problem: { gridColumn: '1 / -1', paddingInline: '12px', color: tokens.colorPaletteRedForeground1 },
});

const directionNames = {
  both: '⇄  Both ways',
  toActiveCampaign: '→  To ActiveCampaign',
  toDynamics: '←  To Dynamics',
} as const satisfies Record<Direction, string>;

const none: readonly OptionCorrection[] = [];
const allDirections: readonly Direction[] = ['both', 'toActiveCampaign', 'toDynamics'];

interface MappingRowProps {
  readonly mapping: MappingDraft;
  readonly choices: FieldChoices;
  /** As `columnOptionsOf` makes them. */
  readonly columnOptions: readonly PickerOption[];
  readonly examples: { readonly column: readonly string[]; readonly field: readonly string[] };
  readonly problem: DraftProblem | null;
  /** It was just added. */
  readonly autoFocus: boolean;
  readonly onChange: (mapping: MappingDraft) => void;
  readonly onRemove: (key: number) => void;
}

export const removeButtonId = (key: number): string => `remove-mapping-${key}`;

/** One pair. Choosing one side narrows the other to what fits. */
export function MappingRow(props: MappingRowProps) {
  const { mapping, choices, columnOptions, examples, problem, autoFocus, onChange, onRemove } = props;
  const styles = useStyles();
  const problemId = useId();
  const column = choices.columns.find(({ name }) => name === mapping.dynamics);
  const field = choices.fields.find(({ name }) => name === mapping.activeCampaign);
  const fitting = column === undefined || field === undefined ? allDirections : directionsOf(field, column);
  const directions = fitting.includes(mapping.direction) || mapping.direction === 'both' ? fitting : [mapping.direction, ...fitting];
  const name = column?.label ?? mapping.dynamics ?? field?.label ?? 'the new row';

  const changePair = (newColumn: ColumnChoice | undefined, newField: FieldChoice | undefined): void => {
    const possible = newColumn === undefined || newField === undefined ? allDirections : directionsOf(newField, newColumn);
    onChange({
      key: mapping.key,
      dynamics: newColumn?.name ?? null,
      // A field that does not fit the column that was just chosen is to be chosen anew.
      activeCampaign: possible.length === 0 ? null : (newField?.name ?? null),
      direction: possible.includes(mapping.direction) ? mapping.direction : (possible[0] ?? 'both'),
    });
  };

  return (
    <fieldset className={styles.row} aria-label={`Mapping of ${name}`} {...(problem !== null && { 'aria-describedby': problemId })}>
      <Picker
        label="Dynamics column"
        placeholder="Choose a column"
        options={columnOptions}
        value={mapping.dynamics}
        invalid={problem?.side === 'dynamics'}
        autoFocus={autoFocus}
        onPick={(picked) =>
          changePair(
            choices.columns.find((candidate) => candidate.name === picked),
            field,
          )
        }
      />
      <Choice
        label="Direction"
        options={directions.map((direction) => [direction, directionNames[direction]] as const)}
        // A column that cannot be changed goes one way, whatever the settings file says.
        value={directions.includes(mapping.direction) ? mapping.direction : (directions[0] ?? mapping.direction)}
        onChoose={(direction) => onChange({ ...mapping, direction })}
      />
      <Picker
        label="ActiveCampaign field"
        placeholder="Choose a field"
        options={choices.fields
          .filter((candidate) => column === undefined || directionsOf(candidate, column).length > 0)
          .map(({ name: value, label }) => ({ value, label }))}
        value={mapping.activeCampaign}
        invalid={problem?.side === 'activeCampaign'}
        onPick={(picked) =>
          changePair(
            column,
            choices.fields.find((candidate) => candidate.name === picked),
          )
        }
      />
      <Button
        id={removeButtonId(mapping.key)}
        appearance="subtle"
        icon={<DeleteRegular />}
        aria-label={`Remove ${name}`}
        onClick={() => onRemove(mapping.key)}
      />
      <Text size={100} className={styles.detail} title={examples.column.join('\n')}>
        {[column?.name ?? '', exampleWords(examples.column)].filter((words) => words !== '').join(' · ')}
      </Text>
      <span />
      <Text size={100} className={styles.detail} title={examples.field.join('\n')}>
        {exampleWords(examples.field)}
      </Text>
      {column !== undefined && field !== undefined && (
        <OptionPairs
          column={column}
          field={field}
          corrections={mapping.options ?? none}
          onChange={(options) => onChange(withOptions(mapping, options))}
        />
      )}
      {problem !== null && (
        <Text id={problemId} role="alert" size={200} className={styles.problem}>
          {problem.message}
        </Text>
      )}
    </fieldset>
  );
}

function withOptions({ options: _replaced, ...mapping }: MappingDraft, options: readonly OptionCorrection[]): MappingDraft {
  return options.length === 0 ? mapping : { ...mapping, options: [...options] };
}

const directionsOf = (field: FieldChoice, column: ColumnChoice): readonly Direction[] =>
  mappingDirections(field.type, column.kind, column.writable);

const exampleWords = (values: readonly string[]): string => (values.length === 0 ? '' : `e.g. ${values.join(', ')}`);

export const columnOptionsOf = (columns: readonly ColumnChoice[]): PickerOption[] =>
  columns.filter(mappable).map((column) => ({ value: column.name, label: column.label, detail: columnDetail(column) }));

function columnDetail({ name, writable, required }: ColumnChoice): string {
  if (!writable) return `${name} · cannot be changed`;
  return required ? `${name} · required in Dynamics` : name;
}
