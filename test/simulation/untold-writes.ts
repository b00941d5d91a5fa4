import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import type { ActiveCampaignOffice } from '../../main/demo/activecampaign/office.ts';
import type { SalesPeople } from '../../main/demo/dynamics/sales/sales-people.ts';
import type { SyncStore } from '../../main/store/sync-store.ts';
import { rawValue } from '../../main/sync/plan/pair.ts';
import { activeCampaignId, dynamicsId } from '../../shared/ids.ts';
import { readerOf, sameReading } from './judged-fields.ts';
import { type Entry, fieldOf } from './ledger.ts';
import { fieldPairs } from './mapped-fields.ts';
import type { AskedWrite } from './requests.ts';

/**
 * Writes that a service has carried out and of which nothing has come to the memory of the program. Who takes such a write back, by entering
 * what the program knows to be there, in whatever spelling, leaves everything as the program knew it: neither values nor row versions tell that
 * from a write that never arrived, so it is sent again, and the journal says so.
 */
export interface UntoldWrites {
  /** Before a request is served; call what it answers afterwards. */
  watch(writes: readonly AskedWrite[], store: SyncStore, moment: number): () => void;
  /** Forgets what the program has learned of by now. */
  forgetTold(store: SyncStore): void;
  /** Whether this entry took back a write that the program was not told of. */
  tookBack(id: number | string, name: string, entry: Entry): boolean;
}

interface Untold {
  /** What the program knew to be there when it wrote. */
  readonly before: ColumnValue;
  readonly moment: number;
  readonly known: (store: SyncStore) => ColumnValue;
  readonly isSame: (one: ColumnValue, other: ColumnValue) => boolean;
}

/** Whether two raw values mean the same in a field of the ledger. */
function sameIn(side: 'activeCampaign' | 'dynamics', name: string): Untold['isSame'] {
  const pair = fieldPairs.find((each) => each[side] === name);
  if (pair === undefined) return (one, other) => one === other;
  const { readPerson, readRow } = readerOf(pair, 'UTC', []);
  const read = (raw: ColumnValue) => (side === 'dynamics' ? readRow(raw) : readPerson(String(raw ?? '')));
  return (one, other) => one === other || sameReading(read(one), read(other));
}

/** @param titleOf the name in the ledger of a field that a request names. */
export function untoldWrites(office: ActiveCampaignOffice, salesPeople: SalesPeople, titleOf: (name: string) => string): UntoldWrites {
  const untold = new Map<string, Untold>();
  const keyOf = (id: number | string, name: string) => `${id} ${name}`;

  interface Place {
    readonly key: string;
    readonly now: () => ColumnValue;
    readonly known: Untold['known'];
    readonly isSame: Untold['isSame'];
  }
  const places = (write: AskedWrite): readonly Place[] => {
    switch (write.kind) {
      case 'updateRow':
        return Object.keys(write.columns).map((name) => ({
          key: keyOf(write.id, name),
          now: () => salesPeople.row(write.table, write.id)?.columns[name] ?? null,
          known: (store) => store.records.byId(write.table, dynamicsId(write.id))?.columns[name] ?? null,
          isSame: sameIn('dynamics', name),
        }));
      case 'changePerson':
      case 'importPerson': {
        const id = write.kind === 'changePerson' && write.id !== null ? write.id : office.personByEmail(write.email ?? '')?.id;
        const person = id === undefined ? null : office.person(id);
        if (id === undefined || person === null) return [];
        return Object.keys(write.values).map((name) => ({
          key: keyOf(id, titleOf(name)),
          now: () => {
            const now = office.person(id);
            return now === null ? null : fieldOf(now, titleOf(name));
          },
          known: (store) => rawValue(store.people.byId(activeCampaignId(id)), name),
          isSame: sameIn('activeCampaign', titleOf(name)),
        }));
      }
      default:
        return [];
    }
  };

  return {
    watch: (writes, store, moment) => {
      const before = writes.flatMap(places).map((place) => ({ ...place, there: place.now(), before: place.known(store) }));
      return () => {
        for (const place of before) if (place.now() !== place.there) untold.set(place.key, { ...place, moment });
      };
    },
    forgetTold: (store) => {
      for (const [key, { before, known, isSame }] of untold) if (!isSame(known(store), before)) untold.delete(key);
    },
    tookBack: (id, name, { value, moment }) => {
      const write = untold.get(keyOf(id, name));
      return write !== undefined && moment > write.moment && write.isSame(write.before, value);
    },
  };
}
