import type { Mapping } from '../../../shared/settings.ts';
import { tagKeys, tagNames } from '../../../shared/tags.ts';
import { type Check, clockProof, failed, type Proof, passed, warning, wasAnswered } from '../checklist.ts';
import type { ServiceError } from '../errors.ts';
import { type ActiveCampaignClientOptions, createActiveCampaignClient } from './client.ts';
import { measureUpdatedAfter } from './measure-updated-after.ts';
import { isSameTagName } from './tags.ts';
import type { ActiveCampaignAccount, ActiveCampaignClient } from './types.ts';

export interface ActiveCampaignCheckOptions extends ActiveCampaignClientOptions {
  /** Of leads and contacts together. */
  readonly mappings: readonly Mapping[];
}

/** What the sync needs of ActiveCampaign. The four tags are created where they are missing; nothing else is written. */
export function activeCampaignChecks(options: ActiveCampaignCheckOptions): readonly Check[] {
  const { clock, mappings } = options;
  const client = createActiveCampaignClient(options);
  let account: ActiveCampaignAccount | ServiceError | null = null;
  let serviceTime: number | null = null;
  let askedAt = 0;
  const signedIn = ['activeCampaign.reachable', 'activeCampaign.signedIn'];
  const people = [...signedIn, 'activeCampaign.people'];

  return [
    {
      id: 'activeCampaign.reachable',
      label: 'ActiveCampaign reachable',
      needs: [],
      prove: async () => {
        account = await client.whoAmI().catch((error: ServiceError) => {
          if (wasAnswered(error)) return error;
          throw error;
        });
        return passed(`${new URL(options.apiUrl.trim()).host} answers.`);
      },
    },
    {
      id: 'activeCampaign.signedIn',
      label: 'API key accepted',
      needs: ['activeCampaign.reachable'],
      prove: async () => {
        if (account === null || account instanceof Error) throw account;
        return passed(`Signed in to ${account.account} as ${account.userName} (${account.userEmail}).`);
      },
    },
    {
      id: 'activeCampaign.people',
      label: 'May read contacts',
      needs: signedIn,
      prove: async () => {
        const page = await client.people({ limit: 1 });
        serviceTime = page.serverTime;
        askedAt = clock.now();
        return passed(page.total === 1 ? 'One contact.' : `${page.total.toLocaleString('en')} contacts.`);
      },
    },
    {
      id: 'activeCampaign.sideloading',
      label: 'Tags, lists and fields come with each contact',
      needs: people,
      prove: async () => {
        const { sideloaded } = await client.people({ limit: 1 });
        return sideloaded
          ? passed('A hundred contacts a request.')
          : warning('This account sends them only one contact at a time.', 'Nothing needs to be done. Runs take longer.');
      },
    },
    {
      id: 'activeCampaign.updatedAfter',
      label: 'Changes found by their time',
      needs: people,
      prove: async () => updatedAfterProof(client),
    },
    { id: 'activeCampaign.tags', label: 'Tags of the sync present', needs: signedIn, prove: () => provideTags(client) },
    { id: 'activeCampaign.fields', label: 'Mapped fields present', needs: signedIn, prove: () => fieldsProof(client, mappings) },
    {
      id: 'activeCampaign.lists',
      label: 'May read lists',
      needs: signedIn,
      prove: async () => passed(`${(await client.lists()).length} lists.`),
    },
    {
      id: 'activeCampaign.clock',
      label: 'Clock in step',
      needs: people,
      prove: async () => clockProof('ActiveCampaign', serviceTime, askedAt),
    },
  ];
}

async function updatedAfterProof(client: ActiveCampaignClient): Promise<Proof> {
  switch (await measureUpdatedAfter(client)) {
    case 'exact':
      return passed('To the second.');
    case 'coarse':
      return warning('By the day only.', 'Nothing needs to be done. Each run reads the last two days again.');
    case 'unmeasured':
      return passed('Cannot be measured before there is a contact; a day is read again until then.');
  }
}

async function provideTags(client: ActiveCampaignClient): Promise<Proof> {
  const present = await client.tags('D365');
  const missing = tagKeys.map((key) => tagNames[key]).filter((name) => !present.some((tag) => isSameTagName(tag.name, name)));
  for (const name of missing) await client.createTag(name);
  return passed(missing.length === 0 ? 'All four are there.' : `Created: ${missing.join(', ')}.`);
}

async function fieldsProof(client: ActiveCampaignClient, mappings: readonly Mapping[]): Promise<Proof> {
  const present = new Set((await client.fields()).map(({ id }) => `field:${id}`));
  const mapped = new Set(mappings.map(({ activeCampaign }) => activeCampaign).filter((name) => name.startsWith('field:')));
  const missing = [...mapped].filter((name) => !present.has(name)).map((name) => name.slice('field:'.length));
  if (missing.length === 0) return passed(`${present.size} custom fields, ${mapped.size} of them mapped.`);
  const what =
    missing.length === 1 ? `The custom field with the id ${missing[0]} is` : `The custom fields with the ids ${missing.join(', ')} are`;
  return failed(
    `${what} mapped, but not in this account.`,
    'Choose another field on the screen Data Configuration, or take the mapping out.',
  );
}
