import { tagKeys, tagNames } from '../../../shared/tags.ts';
import { type ConnectionCheck, type ConnectionReport, notPassed, passed, wasAnswered } from '../connection-check.ts';
import { type ActiveCampaignClientOptions, createActiveCampaignClient } from './client.ts';
import { isSameTagName } from './tags.ts';
import type { ActiveCampaignAccount, ActiveCampaignClient } from './types.ts';

/** Tries what the sync needs of ActiveCampaign, and creates the four tags where they are missing. */
export async function checkActiveCampaign(options: ActiveCampaignClientOptions): Promise<ConnectionReport<ActiveCampaignAccount>> {
  const service = 'activeCampaign';
  let client: ActiveCampaignClient;
  let account: ActiveCampaignAccount;
  try {
    client = createActiveCampaignClient(options);
    account = await client.whoAmI();
  } catch (error) {
    const failed = wasAnswered(error)
      ? notPassed('activeCampaign.signedIn', 'API key accepted', error)
      : notPassed('activeCampaign.reachable', 'ActiveCampaign reachable', error);
    return { service, account: null, checks: [failed] };
  }
  return {
    service,
    account,
    checks: [
      passed('activeCampaign.reachable', 'ActiveCampaign reachable', `${account.account} answers.`),
      passed('activeCampaign.signedIn', 'API key accepted', `Signed in as ${account.userName} (${account.userEmail}).`),
      await tried('activeCampaign.people', 'Contacts readable', async () => {
        const page = await client.people({ limit: 1 });
        return `${page.total} contacts.`;
      }),
      await tried('activeCampaign.tags', 'Tags of the sync present', () => provideTags(client)),
      await tried('activeCampaign.fields', 'Custom fields readable', async () => `${(await client.fields()).length} custom fields.`),
      await tried('activeCampaign.lists', 'Lists readable', async () => `${(await client.lists()).length} lists.`),
    ],
  };
}

async function tried(id: string, label: string, attempt: () => Promise<string>): Promise<ConnectionCheck> {
  try {
    return passed(id, label, await attempt());
  } catch (error) {
    return notPassed(id, label, error);
  }
}

async function provideTags(client: ActiveCampaignClient): Promise<string> {
  const present = await client.tags('D365');
  const missing = tagKeys.map((key) => tagNames[key]).filter((name) => !present.some((tag) => isSameTagName(tag.name, name)));
  for (const name of missing) await client.createTag(name);
  return missing.length === 0 ? 'All four are there.' : `Created: ${missing.join(', ')}.`;
}
