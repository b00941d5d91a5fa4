import type { ActiveCampaignClient } from './types.ts';

const secondMs = 1000;

/** `unmeasured`: there is nobody to measure on. `coarse`: by the day only, or by answers that contradict each other. */
export type UpdatedAfterPrecision = 'exact' | 'coarse' | 'unmeasured';

/**
 * How fine `filters[updated_after]` is. Its precision, its zone and whether it includes its bound are not documented, so they are measured
 * on one person whose stamp is known: a bound a second before it must show the person, a bound a second after it must not. Three requests.
 */
export async function measureUpdatedAfter(client: Pick<ActiveCampaignClient, 'people'>): Promise<UpdatedAfterPrecision> {
  const [person] = (await client.people({ limit: 1 })).people;
  if (person === undefined || person.updatedAt === null) return 'unmeasured';
  const { id, updatedAt } = person;
  const shows = async (boundMs: number): Promise<boolean> => {
    const page = await client.people({ ids: [id], updatedAfter: new Date(boundMs).toISOString(), limit: 1 });
    return page.people.some((found) => found.id === id);
  };
  return (await shows(updatedAt - secondMs)) && !(await shows(updatedAt + secondMs)) ? 'exact' : 'coarse';
}
