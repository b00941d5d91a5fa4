import type { Entity } from '../../shared/entity.ts';
import { type DynamicsId, dynamicsId } from '../../shared/ids.ts';
import type { CandidateDetails, MatchView } from '../../shared/match.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { propertyName } from '../sync/mapping/property-name.ts';
import type { AccountReader } from './account-reader.ts';
import { columnExamples, lookupNames } from './field-examples.ts';

/** By what a human tells two rows apart, where the environment has it; in this order. */
const telling: Readonly<Record<Entity, readonly string[]>> = {
  lead: ['companyname', 'jobtitle', 'address1_city', 'address1_country', 'telephone1', 'mobilephone'],
  contact: ['parentcustomerid', 'jobtitle', 'address1_city', 'address1_country', 'telephone1', 'mobilephone'],
};
const named = ['firstname', 'lastname'];

/** What Dynamics holds of the candidates, mapped or not, as it says now. @throws ServiceError */
export async function readCandidateDetails(accounts: AccountReader, store: SyncStore, match: MatchView): Promise<CandidateDetails> {
  const parts = await Promise.all(
    (['contact', 'lead'] as const).map(async (entity) => {
      const ids = match.candidates.filter((candidate) => candidate.entity === entity).map(({ id }) => dynamicsId(id));
      return ids.length === 0 ? [] : readRows(accounts, store, entity, ids);
    }),
  );
  return parts.flat();
}

async function readRows(accounts: AccountReader, store: SyncStore, entity: Entity, ids: readonly DynamicsId[]): Promise<CandidateDetails> {
  const { table } = await accounts.contents(entity);
  const find = (names: readonly string[]) =>
    names.flatMap((name) => table?.columns.find((column) => column.name === name && column.readable) ?? []);
  const columns = find(telling[entity]);
  const all = [...find(named), ...columns];
  const dynamics = await accounts.dynamics();
  const rows = await dynamics.rowsById(entity, ids, all.map(propertyName));
  const lookups = await lookupNames(dynamics, store, columns, rows);
  return rows.map((row) => {
    const texts = columnExamples(all, [row.columns], (id) => lookups.get(id) ?? null);
    return {
      id: row.id,
      name: named.flatMap((name) => texts[name] ?? []).join(' '),
      facts: columns.flatMap(({ name, label }) => (texts[name] ?? []).map((value) => ({ label, value }))),
    };
  });
}
