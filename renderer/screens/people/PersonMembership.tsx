import { makeStyles, tokens } from '@fluentui/react-components';
import type { PersonView } from '../../../shared/people.ts';
import { entityNames, linkEndNames } from '../../components/names.ts';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({
  list: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: '20px', rowGap: '8px', margin: 0 },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: 'anywhere', userSelect: 'text' },
});

/** Where the person is found, and by what the person takes part. */
export function PersonMembership({ person }: { readonly person: PersonView }) {
  const styles = useStyles();
  const { activeCampaign, dynamics, linked, linkEnded } = person;
  const rows: readonly (readonly [string, string])[] = [
    ['In ActiveCampaign', activeCampaign === null ? 'Not there' : activeCampaign.gone ? 'Deleted there' : `Contact ${activeCampaign.id}`],
    ['Tags', activeCampaign === null || activeCampaign.tags.length === 0 ? 'None of the four D365 tags' : activeCampaign.tags.join(', ')],
    ...(activeCampaign === null || activeCampaign.invitedAs === null
      ? []
      : [['Automation', `Asks for a ${activeCampaign.invitedAs} in Dynamics, who is created as soon as nothing is in the way`] as const]),
    ['In Dynamics', dynamics === null ? 'Not there' : dynamics.gone ? 'Deleted there' : `${entityNames[dynamics.entity]} ${dynamics.id}`],
    ...(dynamics === null || linked
      ? []
      : [['Data Configuration', dynamics.meetsCriteria ? 'Meets who is to be synced' : 'Does not meet who is to be synced'] as const]),
    ['E-mail', consentWords(activeCampaign?.optedOut ?? false, dynamics?.optedOut ?? false)],
    ...(linkEnded === null ? [] : [['No longer in sync', linkEndNames[linkEnded]] as const]),
  ];
  return (
    <Section title="Where and how">
      <dl className={styles.list}>
        {rows.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function consentWords(inActiveCampaign: boolean, inDynamics: boolean): string {
  if (inActiveCampaign && inDynamics) return 'Opted out on both sides';
  if (inActiveCampaign) return 'Unsubscribed in ActiveCampaign';
  return inDynamics ? 'Opted out in Dynamics' : 'Has not opted out';
}
