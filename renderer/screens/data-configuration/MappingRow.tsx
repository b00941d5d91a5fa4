import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import type { ColumnChoice, FieldChoice, FieldChoices } from '../../../shared/field-choices.ts';
import { mappingDirections } from '../../../shared/field-pairs.ts';
import type { Direction } from '../../../shared/settings.ts';
import { Choice } from '../../components/Choice.tsx';
import { Picker } from '../../components/Picker.tsx';
import type { MappingDraft } from './draft.ts';

/** Dynamics column, direction, ActiveCampaign field, remove. */
export const mappingColumns = 'minmax(0, 1fr) 190px minmax(0, 1fr) 32px';

const useStyles = makeStyles({
  row: { display: 'grid', gridTemplateColumns: mappingColumns, gap: '8px', alignItems: 'start' },
  problem: { gridColumn: '1 / -1', color: tokens.colorPaletteRedForeground1, marginTop: '-4px' },
});

const directionNames = {
  both: '⇄  Both ways',
  toActiveCampaign: '→  To ActiveCampaign',
  toDynamics: '←  To Dynamics',
} as const satisfies Record<Direction, string>;

const allDirections: readonly Direction[] = ['both', 'toActiveCampaign', 'toDynamics'];

interface MappingRowProps {
  readonly mapping: MappingDraft;
  readonly choices: FieldChoices;
  readonly problem: string | null;
  readonly onChange: (mapping: MappingDraft) => void;
  readonly onRemove: () => void;
}

/** One pair. Choosing one side narrows the other to what fits. */
export function MappingRow({ mapping, choices, problem, onChange, onRemove }: MappingRowProps) {
  const styles = useStyles();
  const column = choices.columns.find(({ name }) => name === mapping.dynamics);
  const field = choices.fields.find(({ name }) => name === mapping.activeCampaign);
  const directions = column === undefined || field === undefined ? allDirections : directionsOf(field, column);

  const changePair = (newColumn: ColumnChoice | undefined, newField: FieldChoice | undefined): void => {
    const fitting = newColumn === undefined || newField === undefined ? allDirections : directionsOf(newField, newColumn);
    onChange({
      ...mapping,
      dynamics: newColumn?.name ?? null,
      // A field that does not fit the column that was just chosen is to be chosen anew.
      activeCampaign: fitting.length === 0 ? null : (newField?.name ?? null),
      direction: fitting.includes(mapping.direction) ? mapping.direction : (fitting[0] ?? 'both'),
    });
  };

  return (
    <div className={styles.row}>
      <Picker
        label="Dynamics column"
        placeholder="Choose a column"
        options={choices.columns.map(({ name, label }) => ({ value: name, label, detail: name }))}
        value={mapping.dynamics}
        invalid={problem !== null}
        onPick={(name) =>
          changePair(
            choices.columns.find((candidate) => candidate.name === name),
            field,
          )
        }
      />
      <Choice
        label="Direction"
        options={directions.map((direction) => [direction, directionNames[direction]] as const)}
        value={mapping.direction}
        onChoose={(direction) => onChange({ ...mapping, direction })}
      />
      <Picker
        label="ActiveCampaign field"
        placeholder="Choose a field"
        options={choices.fields
          .filter((candidate) => column === undefined || directionsOf(candidate, column).length > 0)
          .map(({ name, label }) => ({ value: name, label }))}
        value={mapping.activeCampaign}
        invalid={problem !== null}
        onPick={(name) =>
          changePair(
            column,
            choices.fields.find((candidate) => candidate.name === name),
          )
        }
      />
      <Button appearance="subtle" icon={<DeleteRegular />} aria-label="Remove this field" onClick={onRemove} />
      {problem !== null && (
        <Text role="alert" size={200} className={styles.problem}>
          {problem}
        </Text>
      )}
    </div>
  );
}

const directionsOf = (field: FieldChoice, column: ColumnChoice): readonly Direction[] =>
  mappingDirections(field.type, column.kind, column.writable);
