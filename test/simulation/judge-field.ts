import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import type { PersonView } from '../../main/demo/activecampaign/office.ts';
import type { SampleRow } from '../../main/demo/data-set/types.ts';
import type { Link } from '../../main/store/observed.ts';
import type { SyncStore } from '../../main/store/sync-store.ts';
import { describeValue, type Reading, sameValue } from '../../main/sync/mapping/canonical.ts';
import { agreedOn } from '../../main/sync/plan/merge.ts';
import type { CanonicalValue } from '../../shared/canonical-value.ts';
import { BrokenPromise } from './broken-promise.ts';
import type { Written } from './journal.ts';
import { agreementKey, linkKey } from './judge-memory.ts';
import { type FieldReader, type JudgedField, judgedFields, sameReading } from './judged-fields.ts';
import { type Entry, fieldOf } from './ledger.ts';
import type { Agreement, Stage } from './stage.ts';

/** What there is to judge when everything is quiet. */
export interface End {
  readonly stage: Stage;
  readonly store: SyncStore;
  /** By subject, the fields that are held; '' for the whole person. */
  readonly held: ReadonlyMap<string, ReadonlySet<string>>;
  readonly journal: readonly Written[];
}

interface Last {
  readonly side: 'activeCampaign' | 'dynamics';
  readonly entry: Entry;
  readonly reading: Reading;
  /** As the journal has it where the value was written over before somebody paired options by hand. */
  readonly readingBefore: Reading;
}

/** P1, P4, P5 and P8 for one field of one link. */
export function judgeField(end: End, link: Link, field: JudgedField, person: PersonView, row: SampleRow): void {
  if (field.direction === null) return;
  for (const subject of [`${link.entity}:${link.dynamicsId}`, `person:${link.personId}`]) {
    const held = end.held.get(subject);
    if (held?.has('') || held?.has(field.key)) return;
  }
  const here = field.readPerson(fieldOf(person, field.activeCampaign));
  const there = field.readRow(row.columns[field.dynamics] ?? null);
  const last = lastEntered(end, field, person, row);
  if (here.ok && there.ok && sameValue(here.value, there.value)) {
    judgeAgreed(link, field, here.value);
    if (last === null || sameReading(last.reading, here) || explained(end, link, field, last)) return;
    throw lost(end, link, field, last, here, there);
  }
  if (mayDiffer(end, link, field, here, there, last)) return;
  throw last === null
    ? new BrokenPromise('P8', `${describe(link, field)}: ${show(here)} in ActiveCampaign, ${show(there)} in Dynamics, and nothing says why`)
    : lost(end, link, field, last, here, there);
}

/** P5: what both sides hold is remembered; else the next change of one side would be taken for a conflict. */
function judgeAgreed(link: Link, field: JudgedField, value: CanonicalValue): void {
  const agreed = link.agreed[field.key];
  if (field.direction !== 'both') return;
  if (agreed !== undefined && sameValue(agreedOn('activeCampaign', agreed), value) && sameValue(agreedOn('dynamics', agreed), value))
    return;
  throw new BrokenPromise(
    'P5',
    `${describe(link, field)}: both sides hold "${describeValue(value)}", and ${JSON.stringify(agreed)} is remembered`,
  );
}

const describe = (link: Link, field: JudgedField) => `${field.key} of person ${link.personId} and ${link.entity} ${link.dynamicsId}`;
const show = (value: Reading) => (value.ok ? JSON.stringify(describeValue(value.value)) : `(unreadable: ${value.explanation})`);

function lost(end: End, link: Link, field: JudgedField, last: Last, here: Reading, there: Reading): BrokenPromise {
  const otherField = judgedFields(end.stage, link.entity).some(
    (candidate) =>
      candidate.key !== field.key &&
      entriesOf(end, candidate, Number(link.personId), link.dynamicsId, last.side === 'dynamics' ? 'activeCampaign' : 'dynamics').some(
        (entry) => entry.moment > 0 && entry.moment > since(end, link, field, last.entry.overwrittenAt ?? undefined),
      ),
  );
  return new BrokenPromise(
    otherField ? 'P4' : 'P1',
    `${describe(link, field)}: ${show(last.reading)} was entered last, in ${last.side}; now ${show(here)} is in ActiveCampaign and ${show(there)} in Dynamics, and nothing says why`,
  );
}

/** When both sides agreed for the last time before `moment`; -1 where nothing of it is left. */
function since({ stage }: End, link: Link, field: JudgedField, moment = Number.POSITIVE_INFINITY): number {
  const last = stage.agreements.get(agreementKey(link, field))?.findLast((agreement) => agreement.moment < moment);
  return last === undefined || movedApart(field, last) ? -1 : last.moment;
}

/** Options were paired otherwise since, so that what both sides held means two things now: they meet for the first time. */
function movedApart(field: JudgedField, { activeCampaign, dynamics }: Agreement): boolean {
  const readings = ({ readPerson, readRow }: FieldReader) => [readPerson(activeCampaign), readRow(dynamics)] as const;
  const [here, there] = readings(field);
  const [hereBefore, thereBefore] = readings(field.before);
  return !sameReading(here, there) && !(sameReading(here, hereBefore) && sameReading(there, thereBefore));
}

function entriesOf({ stage }: End, field: JudgedField, person: number, row: string, side: Last['side']): readonly Entry[] {
  const { ledger } = stage.world;
  return side === 'dynamics' ? ledger.rowEntries(row, field.dynamics) : ledger.personEntries(person, field.activeCampaign);
}

/** What somebody typed last on either side. */
function lastEntered(end: End, field: JudgedField, person: PersonView, row: SampleRow): Last | null {
  const lastOn = (side: Last['side']): Last[] => {
    const read = (value: ColumnValue, { readRow, readPerson }: FieldReader = field) =>
      side === 'dynamics' ? readRow(value) : readPerson(typeof value === 'string' ? value : '');
    const typed = entriesOf(end, field, person.id, row.id, side).filter(({ copied }) => !copied);
    // Who spells the same another way ("no" in the place of "No") has edited nothing, but it is what was written over.
    const index = typed.findLastIndex(({ before, value }) => before === undefined || !sameReading(read(before), read(value)));
    const entry = typed[index];
    if (entry === undefined) return [];
    const latest = typed.slice(index).findLast(({ value }) => sameReading(read(value), read(entry.value))) ?? entry;
    const { overwrittenAt, excused, givenUp } = latest;
    return [
      {
        side,
        entry: { ...entry, overwrittenAt, excused, givenUp },
        reading: read(entry.value),
        readingBefore: read(entry.value, field.before),
      },
    ];
  };
  const [first, second] = [...lastOn('activeCampaign'), ...lastOn('dynamics')];
  if (first === undefined || second === undefined) return first ?? null;
  // Of two that were there from the beginning, a value goes before none.
  if (first.entry.moment === second.entry.moment) return first.reading.ok && first.reading.value === null ? second : first;
  return first.entry.moment > second.entry.moment ? first : second;
}

/** Why a value that was entered last is on neither side any more. */
function explained(end: End, link: Link, field: JudgedField, { side, entry, reading, readingBefore }: Last): boolean {
  if (entry.excused || entry.givenUp) return true;
  if (field.direction === (side === 'activeCampaign' ? 'toActiveCampaign' : 'toDynamics')) return true;
  if (side === 'activeCampaign' && handedOver(end, link, field, entry)) return true;
  const agreedAt = since(end, link, field, entry.overwrittenAt ?? undefined);
  if (agreedAt === -1 && reading.ok && reading.value === null) return true;
  // At a first contact a value may have come from elsewhere: from a row that the person was linked with before.
  const bothEdited =
    agreedAt === -1 ||
    (['activeCampaign', 'dynamics'] as const).every((each) =>
      entriesOf(end, field, Number(link.personId), link.dynamicsId, each).some(({ moment }) => moment > agreedAt),
    );
  const isEntry = (value: string) => [reading, readingBefore].some((each) => each.ok && value === JSON.stringify(each.value));
  return end.journal.some(
    (written) =>
      written.service === side &&
      (side === 'dynamics'
        ? written.dynamics_id === link.dynamicsId && written.field === field.dynamics
        : String(written.person_id) === link.personId && written.field === field.written) &&
      ((bothEdited && written.rule.startsWith('conflict-') && isEntry(written.old_value)) ||
        (written.rule === 'first-contact-fills-empty' && reading.ok && reading.value === null)),
  );
}

/** Both sides had agreed on the value before another row took the place of the first: what that one holds is the change. */
function handedOver(end: End, link: Link, field: JudgedField, entry: Entry): boolean {
  const copiedAt = entriesOf(end, field, Number(link.personId), link.dynamicsId, 'dynamics').findLast(({ copied }) => copied)?.moment;
  const agreedAt = end.stage.agreements.get(linkKey(link, field)) ?? [];
  return copiedAt !== undefined && copiedAt > entry.moment && agreedAt.some(({ moment }) => moment > entry.moment);
}

function mayDiffer(end: End, link: Link, field: JudgedField, here: Reading, there: Reading, last: Last | null): boolean {
  const { globalSync } = end.stage.configuration;
  const agreed = link.agreed[field.key];
  // Left to differ on purpose: a last name that a new lead needs, a default of a new row.
  if (agreed !== undefined && here.ok && there.ok) {
    const asAgreed = sameValue(agreedOn('activeCampaign', agreed), here.value) && sameValue(agreedOn('dynamics', agreed), there.value);
    if (asAgreed) return true;
  }
  if (last?.entry.excused === true) return true;
  const latest = (side: Last['side']) =>
    entriesOf(end, field, Number(link.personId), link.dynamicsId, side).findLast(({ copied }) => !copied)?.moment ?? -1;
  const unchangedSinceAgreed = (side: Last['side'], now: Reading) =>
    agreed !== undefined && now.ok && sameValue(agreedOn(side, agreed), now.value);
  // Somebody has decided for the side that may not be written from: both are left as they are.
  if (last?.entry.givenUp === true && field.direction === (last.side === 'dynamics' ? 'toActiveCampaign' : 'toDynamics')) return true;
  switch (field.direction) {
    case 'toActiveCampaign':
      if (!globalSync || unchangedSinceAgreed('dynamics', there) || latest('activeCampaign') >= latest('dynamics')) return true;
      return (there.ok && there.value === null) || (!here.ok && last === null);
    case 'toDynamics':
      if (unchangedSinceAgreed('activeCampaign', here) || latest('dynamics') >= latest('activeCampaign')) return true;
      return here.ok && here.value === null;
    case 'both':
      return !globalSync && latest('dynamics') >= since(end, link, field);
    case null:
      return true;
  }
}
