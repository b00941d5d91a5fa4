import type { SampleRow } from '../../main/demo/data-set/types.ts';
import type { Entity } from '../../shared/entity.ts';
import { tagNames } from '../../shared/tags.ts';
import type { RunningServices } from './running-services.ts';

/** What people do on both sides between two runs: the same on the same day, whatever ids the services have handed out. */
export function workOnBothSides({ office, sales }: Pick<RunningServices, 'office' | 'sales'>, day: number): void {
  const people = office.people().toSorted((one, other) => (one.email.toLowerCase() < other.email.toLowerCase() ? -1 : 1));
  const turn = (index: number, every: number) => (index + day) % every === 0;
  people.forEach(({ id }, index) => {
    if (turn(index, 4)) office.edit(id, { phone: `+47 ${day} ${index}` });
    if (turn(index, 7)) office.edit(id, { lastName: `Of day ${day}` });
    if (turn(index, 13)) office.subscribe(id, 'Customers');
    if (turn(index, 17)) office.unsubscribeThroughCampaign(id, 'Newsletter');
  });
  for (const entity of ['lead', 'contact'] as const) {
    rowsInOrder(sales, entity).forEach(({ id, columns }, index) => {
      if (columns.statecode !== 0) return;
      if (turn(index, 5)) sales.edit(entity, id, { firstname: `Day ${day}` });
      if (turn(index, 9)) sales.edit(entity, id, { telephone1: `+46 ${day} ${index}` });
      if (turn(index, 19)) sales.edit(entity, id, { donotbulkemail: true });
      if (entity === 'lead' && turn(index, 23)) sales.qualify(id);
    });
    sales.create(entity, { firstname: 'New', lastname: `${entity} of day ${day}`, emailaddress1: `${entity}-${day}@example.com` });
  }
  const { id } = office.create(`asks-${day}@example.com`, { firstName: 'Asks', lastName: `on day ${day}` });
  for (const tag of [tagNames.lead, tagNames.pulled]) office.addTag(id, tag);
}

/** In an order that does not hang on ids. */
function rowsInOrder(sales: RunningServices['sales'], entity: Entity): SampleRow[] {
  const name = ({ columns }: SampleRow) => `${String(columns.emailaddress1 ?? '').toLowerCase()} ${columns.lastname} ${columns.createdon}`;
  return [...sales.rows(entity)].toSorted((one, other) => (name(one) < name(other) ? -1 : 1));
}
