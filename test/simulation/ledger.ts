import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import type { ActiveCampaignOffice, PersonView } from '../../main/demo/activecampaign/office.ts';
import type { SampleRow } from '../../main/demo/data-set/types.ts';
import type { SalesPeople } from '../../main/demo/dynamics/sales/sales-people.ts';
import type { Entity } from '../../shared/entity.ts';
import { fieldPairs, pairsOf } from './mapped-fields.ts';

/** A value that somebody else than the program entered. Moments are numbers of events in the order in which they happened. */
export interface Entry {
  readonly value: ColumnValue;
  /** What stood there before; undefined where there was nothing yet to stand anywhere. */
  readonly before: ColumnValue | undefined;
  readonly moment: number;
  /** Copied by the service (a qualification, a merge), not typed by anybody: it may stand for a conflict, but nobody would miss it. */
  readonly copied: boolean;
  /** When the program wrote something else over it. */
  overwrittenAt: number | null;
  /** It did so before it could have known of the value. */
  excused: boolean;
  /** Somebody has decided for what the other side holds. */
  givenUp: boolean;
}

/** Whether the program could have known of an entry when it wrote over it. */
interface CouldKnow {
  person(id: number, name: string, entry: Entry): boolean;
  row(id: string, column: string, entry: Entry): boolean;
}

/** Who entered what on which side, and what each field ever held: what the promises are judged by, kept apart from the program. */
export interface Ledger {
  /** Names of the fields that are kept of a person, `email` among them. */
  enteredInActiveCampaign(id: number, name: string, moment: number): void;
  enteredInDynamics(table: Entity, id: string, column: string, moment: number, copied?: boolean): void;
  /** Every field of a person or row that somebody made. */
  personMade(id: number, moment: number): void;
  rowMade(table: Entity, id: string, moment: number, copied?: boolean): void;
  personEntries(id: number, name: string): readonly Entry[];
  rowEntries(id: string, column: string): readonly Entry[];
  /** The row stands for another one from now on: what that one held counts as held by it. */
  succeeds(id: string, predecessor: string): void;
  /** What was entered in it is gone with it, though the program may make the row once more. */
  rowDeleted(id: string): void;
  /** Rows that this one stands for. */
  forerunners(id: string): readonly string[];
  /** Somebody decided for what the other side holds: what was entered last here will not be missed. */
  givenUp(id: number | string, name: string): void;
  /** What there is now becomes part of what each field ever held. */
  remember(): void;
  /** After something that the program did: marks what it wrote over. */
  noticeOverwriting(moment: number, couldKnow: CouldKnow): void;
  /** The journal that would say why something was written over is lost. */
  journalLost(): void;
  everInActiveCampaign(id: number, name: string): ReadonlySet<string>;
  everInDynamics(id: string, column: string): ReadonlySet<ColumnValue>;
}

const personFields = ['email', ...new Set(fieldPairs.map((pair) => pair.activeCampaign))];
const columnsOf = (table: Entity): string[] => ['emailaddress1', ...pairsOf(table).map((pair) => pair.dynamics)];

export function fieldOf(person: PersonView, name: string): string {
  switch (name) {
    case 'email':
    case 'firstName':
    case 'lastName':
    case 'phone':
      return person[name];
    default:
      return person.fields[name] ?? '';
  }
}

const tables = ['lead', 'contact'] as const;

export function openLedger(office: ActiveCampaignOffice, salesPeople: SalesPeople): Ledger {
  const people = new Map<string, Entry[]>();
  const rows = new Map<string, Entry[]>();
  const everPeople = new Map<string, Set<string>>();
  const everRows = new Map<string, Set<ColumnValue>>();
  /** As it was when the ledger was last asked to remember: entering the same again is no edit. */
  const now = new Map<string, ColumnValue>();
  const predecessors = new Map<string, string[]>();
  const keyOf = (id: number | string, name: string) => `${id} ${name}`;
  const entry = (key: string, value: ColumnValue, moment: number, copied: boolean): Entry => ({
    value,
    before: now.get(key),
    moment,
    copied,
    overwrittenAt: null,
    excused: false,
    givenUp: false,
  });
  const add = <Value>(map: Map<string, Value[]>, key: string, value: Value) => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [value]);
    else known.push(value);
  };

  const ledger: Ledger = {
    enteredInActiveCampaign: (id, name, moment) => {
      const person = office.person(id);
      if (person === null || now.get(keyOf(id, name)) === fieldOf(person, name)) return;
      add(people, keyOf(id, name), entry(keyOf(id, name), fieldOf(person, name), moment, false));
    },
    enteredInDynamics: (table, id, column, moment, copied = false) => {
      const row = salesPeople.row(table, id);
      if (row === null || (!copied && now.get(keyOf(id, column)) === (row.columns[column] ?? null))) return;
      add(rows, keyOf(id, column), entry(keyOf(id, column), row.columns[column] ?? null, moment, copied));
    },
    personMade: (id, moment) => {
      for (const name of personFields) ledger.enteredInActiveCampaign(id, name, moment);
    },
    rowMade: (table, id, moment, copied = false) => {
      for (const column of columnsOf(table)) ledger.enteredInDynamics(table, id, column, moment, copied);
    },
    personEntries: (id, name) => people.get(keyOf(id, name)) ?? [],
    rowEntries: (id, column) => rows.get(keyOf(id, column)) ?? [],
    succeeds: (id, predecessor) => void predecessors.set(id, [...(predecessors.get(id) ?? []), predecessor]),
    rowDeleted: (id) => {
      for (const key of rows.keys()) if (key.startsWith(`${id} `)) rows.delete(key);
    },
    givenUp: (id, name) => {
      const key = keyOf(id, name);
      const last = (typeof id === 'number' ? people : rows).get(key)?.findLast(({ copied }) => !copied);
      if (last !== undefined) last.givenUp = true;
    },
    forerunners: (id) => predecessors.get(id) ?? [],
    remember: () => {
      for (const person of office.people()) {
        for (const name of personFields) {
          const key = keyOf(person.id, name);
          const value = fieldOf(person, name);
          if (now.get(key) === value) continue;
          now.set(key, value);
          addTo(everPeople, key, value);
        }
      }
      for (const table of tables) {
        const columns = columnsOf(table);
        for (const row of salesPeople.rows(table)) {
          for (const column of columns) {
            const key = keyOf(row.id, column);
            const value = row.columns[column] ?? null;
            if (now.get(key) === value) continue;
            now.set(key, value);
            addTo(everRows, key, value);
          }
        }
      }
    },
    noticeOverwriting: (moment, couldKnow) => {
      for (const person of office.people()) {
        for (const name of personFields) {
          const last = people.get(keyOf(person.id, name))?.findLast(({ copied }) => !copied);
          if (last === undefined || last.overwrittenAt !== null || last.value === fieldOf(person, name)) continue;
          last.overwrittenAt = moment;
          last.excused = !couldKnow.person(person.id, name, last);
        }
      }
      for (const table of tables) {
        for (const row of salesPeople.rows(table)) noticeInRow(table, row, moment, couldKnow);
      }
    },
    journalLost: () => {
      for (const entries of [...people.values(), ...rows.values()]) {
        for (const each of entries) if (each.overwrittenAt !== null) each.excused = true;
      }
    },
    everInActiveCampaign: (id, name) => everPeople.get(keyOf(id, name)) ?? new Set(),
    everInDynamics: (id, column) => {
      const family = new Set([id]);
      for (const member of family) for (const older of predecessors.get(member) ?? []) family.add(older);
      return new Set([...family].flatMap((member) => [...(everRows.get(keyOf(member, column)) ?? [])]));
    },
  };

  function noticeInRow(table: Entity, row: SampleRow, moment: number, couldKnow: CouldKnow): void {
    for (const column of columnsOf(table)) {
      const last = rows.get(keyOf(row.id, column))?.findLast(({ copied }) => !copied);
      if (last === undefined || last.overwrittenAt !== null || last.value === (row.columns[column] ?? null)) continue;
      last.overwrittenAt = moment;
      last.excused = !couldKnow.row(row.id, column, last);
    }
  }
  return ledger;
}

function addTo<Value>(map: Map<string, Set<Value>>, key: string, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
