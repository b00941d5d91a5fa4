import { deleteMeta, readMeta, writeMeta } from '../../store/meta.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { transaction } from '../../store/transaction.ts';
import { committedCursors, cursorsKey } from '../plan/commit.ts';
import type { Prepared } from '../prepare.ts';
import { type Cursors, sweepProgressSchema } from './cursors.ts';
import { fingerprint } from './selection.ts';
import { sweepKey } from './sweep-people.ts';

/**
 * A cursor says that whatever is known holds one selection of fields or columns. It is forgotten before anything is kept with another
 * selection, and not only once that has been read to its end: in the run that goes back to the first one, what was not read meanwhile would
 * pass for empty, and empty the other side.
 */
export function forgetOtherSelections(store: SyncStore, { fields, columns }: Pick<Prepared, 'fields' | 'columns'>): void {
  const { database } = store;
  const isOf = (selection: readonly string[], made: { readonly fingerprint: string } | null | undefined) =>
    made?.fingerprint === fingerprint(selection);
  const { people, lead, contact } = committedCursors(store);
  const kept: Cursors = {
    people: isOf(fields, people) ? people : null,
    lead: isOf(columns.lead, lead) ? lead : null,
    contact: isOf(columns.contact, contact) ? contact : null,
  };
  transaction(database, () => {
    writeMeta(database, cursorsKey, kept);
    if (!isOf(fields, readMeta(database, sweepKey, sweepProgressSchema))) deleteMeta(database, sweepKey);
  });
}
