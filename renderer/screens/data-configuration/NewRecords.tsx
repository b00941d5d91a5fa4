import { Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Entity } from '../../../shared/entity.ts';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import type { EntityConfiguration } from '../../../shared/settings.ts';
import { Choice } from '../../components/Choice.tsx';
import { Section } from '../../components/Section.tsx';
import { typedEntries } from '../../components/typed-entries.ts';
import type { EntityDraft, MappingDraft } from './draft.ts';
import { FileProblems } from './FileProblems.tsx';

const useStyles = makeStyles({
  fields: { display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: '12px 20px', alignItems: 'start' },
  consequence: { color: tokens.colorNeutralForeground2 },
});

const lastNames = {
  useEmail: 'Use the part of the e-mail before the @',
  hold: 'Wait until they have a last name',
} as const satisfies Record<EntityConfiguration['missingLastName'], string>;

const consequences: Readonly<Record<EntityConfiguration['missingLastName'], string>> = {
  useEmail: 'ada@example.com is created with the last name “ada”. ActiveCampaign keeps no last name: what was made up is not carried back.',
  hold: 'They are not created. People lists them as held, and they follow at the next sync after somebody enters a last name.',
};

const longestTemplate = 200;

interface NewRecordsProps {
  readonly entity: Entity;
  readonly draft: EntityDraft;
  readonly choices: FieldChoices;
  readonly problem: string | null;
  readonly onChange: (change: Partial<EntityDraft>) => void;
}

/** What Dynamics wants of a row and ActiveCampaign may not have. */
export function NewRecords({ entity, draft, choices, problem, onChange }: NewRecordsProps) {
  const styles = useStyles();
  const { topicTemplate, missingLastName } = draft;
  const unfilled = choices.columns
    .filter(({ name, required }) => required && !filledOtherwise.includes(name) && !draft.mappings.some((row) => fills(row, name)))
    .map(({ label }) => label);
  return (
    <Section
      title={`New ${entity}s in Dynamics`}
      lead={
        entity === 'lead'
          ? 'Dynamics shows leads by topic and last name. This is what those created from ActiveCampaign get where no mapping fills them.'
          : 'Dynamics shows contacts by their last name. This is what happens where somebody in ActiveCampaign has none.'
      }
    >
      <div className={styles.fields}>
        {topicTemplate !== null && (
          <Field
            label="Topic"
            required
            hint={`For example: ${topicTemplate.replaceAll('{name}', 'Ada Lovelace')}. {name} stands for first and last name, or for the e-mail where there is none.`}
            {...(problem !== null && { validationState: 'error' as const, validationMessage: problem })}
          >
            <Input value={topicTemplate} maxLength={longestTemplate} onChange={(_event, { value }) => onChange({ topicTemplate: value })} />
          </Field>
        )}
        <Field label="Without a last name">
          <Choice options={typedEntries(lastNames)} value={missingLastName} onChoose={(chosen) => onChange({ missingLastName: chosen })} />
        </Field>
      </div>
      <Text className={styles.consequence}>{consequences[missingLastName]}</Text>
      {unfilled.length > 0 && (
        <Text className={styles.consequence}>
          Dynamics asks people for {unfilled.join(', ')} as well, which no mapping fills. {entity === 'lead' ? 'Leads' : 'Contacts'} are
          created without; the log says so.
        </Text>
      )}
      <FileProblems entity={entity} part="newRecords" />
    </Section>
  );
}

const filledOtherwise = ['subject', 'lastname', 'emailaddress1'];

const fills = ({ dynamics, direction }: MappingDraft, column: string): boolean => dynamics === column && direction !== 'toActiveCampaign';
