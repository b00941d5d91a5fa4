import type { Account } from './account.ts';
import { firstAbove } from './id-ordered.ts';
import { idParameter, paging } from './paging.ts';
import type { PersonRow } from './rows.ts';
import type { ActiveCampaignVariant } from './variant.ts';
import { parseSentDate, zoneOffsetMs } from './zone.ts';

const dayMs = 86_400_000;

/** The people that `GET /contacts` answers, and how many match without paging. Parameters that are not known are ignored. */
export function queryPeople(account: Account, query: URLSearchParams): { readonly people: readonly PersonRow[]; readonly total: number } {
  const { limit, offset } = paging(query);
  const { people, tests } = candidates(account, query);
  tests.push(...idTests(account, query), ...textTests(query), ...statusTests(query), ...dateTests(account.variant, query));
  const start = firstAbove(people, idParameter(query, 'id_greater') ?? 0);
  const order = personOrder(query);
  // The most frequent request by far, the sweep by id, looks at the rows of its page alone.
  if (tests.length === 0 && order === null) {
    return { people: people.slice(start + offset, start + offset + limit), total: people.length - start };
  }
  const matches = (person: PersonRow) => tests.every((test) => test(person));
  if (order !== null) {
    const matching = people.slice(start).filter(matches).sort(order);
    return { people: matching.slice(offset, offset + limit), total: matching.length };
  }
  const found: PersonRow[] = [];
  let total = 0;
  for (let index = start; index < people.length; index += 1) {
    const person = people[index];
    if (person === undefined || !matches(person)) continue;
    if (total >= offset && found.length < limit) found.push(person);
    total += 1;
  }
  return { people: found, total };
}

/** The smallest set that an index gives, ordered by id, and what its people still have to meet. */
function candidates(account: Account, query: URLSearchParams): { readonly people: readonly PersonRow[]; readonly tests: PersonTest[] } {
  const ids = [...query].filter(([name]) => /^ids\[\d*\]$/.test(name)).map(([, value]) => Number(value));
  const email = query.get('email') ?? '';
  const tag = idParameter(query, 'tagid');
  const list = idParameter(query, 'listid');
  const tagTests: PersonTest[] = tag === null ? [] : [(person) => person.tags.some((link) => link.tag === tag)];
  const known = (people: readonly (PersonRow | undefined)[]) => people.filter((person) => person !== undefined);
  if (ids.length > 0) {
    const ordered = [...new Set(ids)].sort((one, other) => one - other);
    return { people: known(ordered.map((id) => account.people.get(id))), tests: tagTests };
  }
  if (email !== '') return { people: known([account.people.byEmail(email)]), tests: tagTests };
  if (tag !== null) return { people: account.people.withTag(tag), tests: [] };
  return { people: list !== null ? account.people.onList(list) : account.people.all(), tests: [] };
}

type PersonTest = (person: PersonRow) => boolean;

function idTests(account: Account, query: URLSearchParams): PersonTest[] {
  const tests: PersonTest[] = [];
  const below = idParameter(query, 'id_less');
  if (below !== null) tests.push((person) => person.id < below);
  const excluded = idParameter(query, 'exclude');
  if (excluded !== null) tests.push((person) => person.id !== excluded);
  const automation = idParameter(query, 'seriesid');
  if (automation !== null) {
    const entered = new Set(account.automationRuns.values().map((run) => (run.automation === automation ? run.person : 0)));
    tests.push((person) => entered.has(person.id));
  }
  return tests;
}

function textTests(query: URLSearchParams): PersonTest[] {
  const tests: PersonTest[] = [];
  const like = query.get('email_like')?.toLowerCase() ?? '';
  if (like !== '') tests.push((person) => person.email.toLowerCase().includes(like));
  const phone = query.get('phone') ?? '';
  if (phone !== '') tests.push((person) => person.phone.startsWith(phone));
  const search = query.get('search')?.toLowerCase() ?? '';
  if (search !== '') {
    tests.push(({ firstName, lastName, organization, phone: number, email }) =>
      [`${firstName} ${lastName}`, organization, number, email].some((text) => text.toLowerCase().includes(search)),
    );
  }
  return tests;
}

/** -1 any, 1 active, 2 unsubscribed, 3 bounced; 0 (unconfirmed) matches nobody here. With `listid` it is the status on that list. */
function statusTests(query: URLSearchParams): PersonTest[] {
  const list = idParameter(query, 'listid');
  const status = idParameter(query, 'status');
  if (status === 3) return [(person) => person.hardBounces + person.softBounces > 0, ...(list === null ? [] : [onList(list, null)])];
  if (list !== null) return [onList(list, status)];
  return status === null ? [] : [(person) => person.lists.some((membership) => membership.status === status)];
}

function onList(list: number, status: number | null): PersonTest {
  return (person) => person.lists.some((membership) => membership.list === list && (status === null || membership.status === status));
}

function dateTests(variant: ActiveCampaignVariant, query: URLSearchParams): PersonTest[] {
  const tests: PersonTest[] = [];
  for (const [column, read] of [
    ['updated', (person: PersonRow) => person.updatedAt],
    ['created', (person: PersonRow) => person.createdAt],
  ] as const) {
    for (const side of ['after', 'before'] as const) {
      const compare = dateComparison(variant, query.get(`filters[${column}_${side}]`), side);
      if (compare !== null) tests.push((person) => compare(read(person)));
    }
  }
  return tests;
}

/** The comparison with a bound in the way this account does it; null where the bound is absent or cannot be read. */
function dateComparison(
  variant: ActiveCampaignVariant,
  bound: string | null,
  side: 'after' | 'before',
): ((time: number) => boolean) | null {
  const sent = bound === null ? null : parseSentDate(bound);
  if (sent === null) return null;
  const comparable = (time: number) => {
    const local = variant.filterZone === 'utc' ? time : time + zoneOffsetMs(variant.dateZone, time);
    return variant.filterGranularity === 'day' ? Math.floor(local / dayMs) : local;
  };
  const sentTime = variant.filterZone === 'utc' ? sent.instant : sent.digits;
  const limit = variant.filterGranularity === 'day' ? Math.floor(sentTime / dayMs) : sentTime;
  const sign = side === 'after' ? 1 : -1;
  return variant.filterBound === 'inclusive'
    ? (time) => sign * (comparable(time) - limit) >= 0
    : (time) => sign * (comparable(time) - limit) > 0;
}

const sortKeys: Readonly<Record<string, (person: PersonRow) => string | number>> = {
  id: (person) => person.id,
  cdate: (person) => person.createdAt,
  email: (person) => person.email.toLowerCase(),
  first_name: (person) => person.firstName.toLowerCase(),
  last_name: (person) => person.lastName.toLowerCase(),
  name: (person) => `${person.firstName} ${person.lastName}`.toLowerCase(),
};

/** Null where the order is by rising id: that is the order of the candidates already. */
function personOrder(query: URLSearchParams): ((one: PersonRow, other: PersonRow) => number) | null {
  const orders = [...query].flatMap(([name, direction]) => {
    const key = sortKeys[/^orders\[(\w+)\]$/.exec(name)?.[1] ?? ''];
    return key === undefined ? [] : [{ key, sign: direction.toUpperCase() === 'DESC' ? -1 : 1 }];
  });
  if (orders.every(({ key, sign }) => key === sortKeys.id && sign === 1)) return null;
  return (one, other) => {
    for (const { key, sign } of orders) {
      const [left, right] = [key(one), key(other)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return one.id - other.id;
  };
}
