import type { Link } from '../../main/store/observed.ts';
import type { SyncStore } from '../../main/store/sync-store.ts';
import { describeValue, type Reading, sameValue } from '../../main/sync/mapping/canonical.ts';
import { agreedOn } from '../../main/sync/plan/merge.ts';
import type { CanonicalValue } from '../../shared/canonical-value.ts';
import { BrokenPromise } from './broken-promise.ts';
import { type JudgedField, judgedFields } from './judged-fields.ts';
import { fieldOf } from './ledger.ts';
import type { Stage } from './stage.ts';

const everyLink = 100_000;

/** With the row: a link goes on under its number when another row takes the place of the first. One that ends takes its memory with it. */
export const agreementKey = (link: Link, field: JudgedField): string => `${link.id} ${link.dynamicsId} ${field.key}`;

/** Whatever row the link went to. */
export const linkKey = (link: Link, field: JudgedField): string => `${link.id} ${field.key}`;

/** P5: whatever the program believes to have been agreed was held by both sides at some time. */
export function judgeMemory(stage: Stage, store: SyncStore): void {
  const { ledger } = stage.world;
  for (const link of store.links.page(0, everyLink)) {
    for (const field of judgedFields(stage, link.entity)) {
      const agreed = link.agreed[field.key];
      if (agreed === undefined) continue;
      const readers = field.before.readRow === field.readRow ? [field] : [field, field.before];
      const everInDynamics = [...ledger.everInDynamics(link.dynamicsId, field.dynamics)].flatMap((raw) =>
        readers.map(({ readRow }) => readRow(raw)),
      );
      const everInActiveCampaign = [...ledger.everInActiveCampaign(Number(link.personId), field.activeCampaign)].flatMap((raw) =>
        readers.map(({ readPerson }) => readPerson(raw)),
      );
      const held = (value: CanonicalValue, readings: readonly Reading[]) =>
        readings.some((found) => found.ok && sameValue(found.value, value));
      const here = agreedOn('activeCampaign', agreed);
      const there = agreedOn('dynamics', agreed);
      if (!held(there, everInDynamics))
        throw new BrokenPromise('P5', `${field.key} of ${link.entity} ${link.dynamicsId}: "${describeValue(there)}" was never in Dynamics`);
      // What was made up for a new lead was left empty in ActiveCampaign, or does not fit from there.
      const madeUp = here === null && there !== null;
      if (link.personId === null || madeUp) continue;
      if (!held(here, everInActiveCampaign))
        throw new BrokenPromise('P5', `${field.key} of person ${link.personId}: "${describeValue(here)}" was never in ActiveCampaign`);
    }
  }
}

/** Remembers where both sides hold the same and the program knows it: a change of one side alone is no conflict from then on. */
export function noteAgreements(stage: Stage, store: SyncStore): void {
  const { office, salesPeople } = stage.world;
  const moment = stage.world.nextMoment();
  for (const link of store.links.page(0, everyLink)) {
    const person = link.personId === null ? null : office.person(Number(link.personId));
    const row = salesPeople.row(link.entity, link.dynamicsId);
    if (link.state !== 'active' || person === null || row === null) continue;
    for (const field of judgedFields(stage, link.entity)) {
      const agreed = link.agreed[field.key];
      if (agreed === undefined) continue;
      const activeCampaign = fieldOf(person, field.activeCampaign);
      const dynamics = row.columns[field.dynamics] ?? null;
      const here = field.readPerson(activeCampaign);
      const there = field.readRow(dynamics);
      if (!here.ok || !there.ok) continue;
      if (sameValue(agreedOn('activeCampaign', agreed), here.value) && sameValue(agreedOn('dynamics', agreed), there.value)) {
        for (const key of [agreementKey(link, field), linkKey(link, field)]) {
          stage.agreements.set(key, [...(stage.agreements.get(key) ?? []), { moment, activeCampaign, dynamics }]);
        }
      }
    }
  }
}
