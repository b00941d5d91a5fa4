import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PersonField, PersonView } from '../../../shared/people.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { FieldValue } from '../../components/FieldValue.tsx';
import { Section } from '../../components/Section.tsx';
import { ConflictChoice } from './ConflictChoice.tsx';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, display: 'block' },
  differs: { color: tokens.colorPaletteDarkOrangeForeground1, fontSize: tokens.fontSizeBase200, display: 'block' },
});

interface PersonFieldsProps {
  readonly person: PersonView;
  readonly onChanged: () => Promise<void>;
}

/** Both sides, field by field, as last seen. */
export function PersonFields({ person, onChanged }: PersonFieldsProps) {
  const styles = useStyles();
  const { fields, activeCampaign, dynamics, subject } = person;
  const conflicts = fields.filter(({ conflict }) => conflict !== null);
  const side = (there: boolean, value: string | null) => (there ? <FieldValue value={value} /> : <span className={styles.quiet}>–</span>);
  return (
    <>
      {conflicts.map((field) => (
        <ConflictChoice key={field.key} subject={subject} field={field} onDecided={onChanged} />
      ))}
      <Section title="Both sides" lead="The mapped fields, as each service held them when it was last read.">
        {fields.length === 0 ? (
          <Text className={styles.quiet}>The fields are known after the first run.</Text>
        ) : (
          <DataTable
            label="Both sides"
            rows={fields}
            rowKey={({ key }) => key}
            columns={[
              { title: 'Field', width: '28%', cell: (field) => <FieldName field={field} /> },
              { title: 'ActiveCampaign', cell: (field) => side(activeCampaign !== null, field.activeCampaign) },
              { title: 'Dynamics', cell: (field) => side(dynamics !== null, field.dynamics) },
            ]}
          />
        )}
      </Section>
    </>
  );
}

function FieldName({ field: { activeCampaignField, dynamicsColumn, differs } }: { readonly field: PersonField }) {
  const styles = useStyles();
  return (
    <>
      {activeCampaignField}
      {dynamicsColumn.toLowerCase() !== activeCampaignField.toLowerCase() && <span className={styles.quiet}>{dynamicsColumn}</span>}
      {differs && <span className={styles.differs}>Different</span>}
    </>
  );
}
