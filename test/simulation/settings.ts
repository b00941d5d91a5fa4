import type { ActiveCampaignOffice } from '../../main/demo/activecampaign/office.ts';
import type { Entity } from '../../shared/entity.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';
import { whoMayEnter } from './criteria.ts';
import { type FieldPair, fieldPairs } from './mapped-fields.ts';
import type { Configuration, EntityChoice } from './scenario.ts';
import type { PairedByHand } from './stage.ts';

export const activeCampaignUrl = 'https://activecampaign.sample';
export const dynamicsUrl = 'https://dynamics.sample';
const listThatIsJoined = 'Newsletter';

const own = ['firstName', 'lastName', 'phone'];

/** How a mapping names the ActiveCampaign side of a pair. */
export const nameInMapping = (office: ActiveCampaignOffice, { activeCampaign }: FieldPair): string =>
  own.includes(activeCampaign) ? activeCampaign : `field:${office.fieldId(activeCampaign)}`;

/** The choices of a scenario as the settings file says them. */
export function settingsOf(
  { lead, contact, globalSync, syncOptOut, safety }: Configuration,
  pairedByHand: PairedByHand,
  office: ActiveCampaignOffice,
): Settings {
  const entity = (name: Entity, choice: EntityChoice) => ({
    enabled: choice.enabled,
    direction: choice.direction,
    criteria: whoMayEnter[choice.who].criteria(name),
    listId: choice.joinsList ? String(office.listId(listThatIsJoined)) : null,
    conflictWinner: choice.conflictWinner,
    createFromAutomations: choice.createsFrom.map((name) => String(office.automationId(name))),
    mappings: choice.mappings.flatMap(({ pair: index, direction }) => {
      const pair = fieldPairs[index];
      if (pair === undefined) return [];
      const options = pairedByHand[name].get(pair.dynamics) ?? [];
      return [{ dynamics: pair.dynamics, activeCampaign: nameInMapping(office, pair), direction, options }];
    }),
  });
  return settingsSchema.parse({
    activeCampaign: { apiUrl: activeCampaignUrl },
    dynamics: {
      environmentUrl: dynamicsUrl,
      signIn: 'application',
      tenantId: 'sample.onmicrosoft.com',
      clientId: '6f1d2c9a-4b57-4e0e-9d3b-0c7a5e8f2b41',
    },
    dataConfiguration: { lead: entity('lead', lead), contact: entity('contact', contact) },
    syncSettings: { globalSync },
    consent: { syncOptOut },
    safety,
  });
}
