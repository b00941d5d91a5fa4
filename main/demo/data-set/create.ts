import type { Random } from '../../ports/random.ts';
import { type Identity, identityMaker } from './identity.ts';
import { type Counterpart, samplePerson } from './people.ts';
import { contactRow, type LeadState, leadRow } from './rows.ts';
import { seededRandom } from './seeded-random.ts';
import type { DataSet, SamplePerson, SampleRow } from './types.ts';

export interface DataSetSize {
  readonly leads: number;
  readonly contacts: number;
  readonly people: number;
}

const defaultDataSetSize: DataSetSize = { leads: 2_000, contacts: 1_500, people: 800 };

/** A row together with who it is about: what makes the next rows share an e-mail address on purpose. */
interface Known {
  readonly identity: Identity;
  readonly row: SampleRow;
}

/**
 * A believable small business: the same seed and size give the same data on every machine.
 * Every few dozen rows one has what real data has: no e-mail, one in capitals, one with a plus, one that is no address, one that
 * two leads share, one that a closed and an open lead share, one that a lead and a contact share, a qualified lead and its contact.
 */
export function createDataSet(seed: number, size: Partial<DataSetSize> = {}): DataSet {
  const counts = { ...defaultDataSetSize, ...size };
  const random = seededRandom(seed);
  const makeIdentity = identityMaker(random);
  const { leads, contacts } = createRows(random, makeIdentity, counts);
  return {
    leads: leads.map(({ row }) => row),
    contacts: contacts.map(({ row }) => row),
    people: createPeople(random, makeIdentity, counts.people, leads, contacts),
  };
}

function createRows(
  random: Random,
  makeIdentity: () => Identity,
  counts: DataSetSize,
): { readonly leads: Known[]; readonly contacts: Known[] } {
  const leads: Known[] = [];
  const contacts: Known[] = [];
  for (let index = 0; index < counts.leads; index += 1) {
    const before = leads[index - 1];
    // Two leads with one e-mail address: both open, or one of them closed.
    const shares = index % 97 === 11 || index % 89 === 13;
    const identity = shares && before !== undefined ? before.identity : makeIdentity();
    const state = index % 89 === 13 ? 'disqualified' : leadState(index);
    const email = spelledEmail(index, identity.email);
    const row = leadRow(random, identity, { state, email, related: null });
    const hasContact = (state === 'qualified' || index % 53 === 21) && contacts.length < counts.contacts;
    if (!hasContact) {
      leads.push({ identity, row });
      continue;
    }
    const contact = contactRow(random, identity, {
      state: 'active',
      email: identity.email,
      related: state === 'qualified' ? row.id : null,
    });
    contacts.push({ identity, row: contact });
    const columns = state === 'qualified' ? { ...row.columns, _parentcontactid_value: contact.id } : row.columns;
    leads.push({ identity, row: { id: row.id, columns } });
  }
  for (let index = contacts.length; index < counts.contacts; index += 1) {
    const identity = makeIdentity();
    const state = index % 29 === 8 ? 'inactive' : 'active';
    const row = contactRow(random, identity, { state, email: spelledEmail(index, identity.email), related: null });
    contacts.push({ identity, row });
  }
  return { leads, contacts };
}

function leadState(index: number): LeadState {
  if (index % 19 === 4) return 'qualified';
  return index % 13 === 6 ? 'disqualified' : 'open';
}

function spelledEmail(index: number, email: string): string | null {
  if (index % 37 === 5) return null;
  if (index % 23 === 3) return email.toUpperCase();
  if (index % 31 === 7) return email.replace('@', '+dynamics@');
  if (index % 211 === 18) return email.replace('@', ' at ');
  return email;
}

function createPeople(
  random: Random,
  makeIdentity: () => Identity,
  count: number,
  leads: readonly Known[],
  contacts: readonly Known[],
): SamplePerson[] {
  const people: SamplePerson[] = [];
  const taken = new Set<string>();
  const nextLead = counterparts(leads, taken);
  const nextContact = counterparts(contacts, taken);
  let id = 0;
  for (let index = 0; index < count; index += 1) {
    // People were deleted over the years: ids have gaps.
    id += index % 45 === 44 ? 3 : 1;
    const wanted: Counterpart = index % 10 < 3 ? 'lead' : index % 10 < 5 ? 'contact' : 'none';
    const known = wanted === 'lead' ? nextLead() : wanted === 'contact' ? nextContact() : null;
    people.push(samplePerson(random, index, id, known ?? makeIdentity(), known === null ? 'none' : wanted));
  }
  return people;
}

/** Answers, one after the other, the people behind every third row that has an e-mail address nobody took yet; null after the last. */
function counterparts(rows: readonly Known[], taken: Set<string>): () => Identity | null {
  let next = 1;
  return () => {
    for (; next < rows.length; next += 3) {
      const known = rows[next];
      const email = known?.row.columns.emailaddress1;
      if (known === undefined || typeof email !== 'string' || !email.includes('@')) continue;
      const folded = email.toLowerCase();
      if (taken.has(folded)) continue;
      taken.add(folded);
      next += 3;
      return { ...known.identity, email: folded };
    }
    return null;
  };
}
