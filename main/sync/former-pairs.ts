import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Entity, entities } from '../../shared/entity.ts';
import { activeCampaignFieldTypes } from '../../shared/field-pairs.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { Link } from '../store/observed.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { createConverter } from './mapping/convert.ts';
import type { Converter } from './mapping/converter.ts';
import type { FieldMap, MappedField, PairedOptions } from './mapping/field-map.ts';
import { columnType } from './metadata.ts';
import { agreedUnder } from './plan/agreed-under.ts';
import { heldOf } from './plan/pair.ts';

const metaKey = 'pairedOptions';
/** By entity and mapping, also of mappings that are gone: they may come back. */
const pairedOptions = z.record(
  z.string(),
  z.object({
    field: z.enum(activeCampaignFieldTypes),
    column: columnType,
    pairing: z.object({
      offered: z.array(z.string()).nullable(),
      corrections: z.array(z.object({ dynamics: z.union([z.number(), z.boolean()]), activeCampaign: z.string() })),
    }),
  }),
);

interface PairedAnew extends Pick<MappedField, 'key' | 'column' | 'activeCampaign'> {
  readonly entity: Entity;
  readonly before: Converter;
  readonly after: Converter;
}

/**
 * Where options are paired otherwise than at the last plan, by hand or since labels were changed, a value that nobody touched may read as
 * another one. It would pass for an edit and overwrite the other side: what was agreed is put into the words of the new pairs, and
 * forgotten where they have moved the two sides apart.
 */
export function followPairs(store: SyncStore, maps: Readonly<Record<Entity, FieldMap>>): void {
  const { database } = store;
  const before = readMeta(database, metaKey, pairedOptions) ?? {};
  const after: Record<string, PairedOptions> = { ...before };
  const anew: PairedAnew[] = [];
  for (const entity of entities) {
    for (const { key, column, activeCampaign, options, converter } of maps[entity].fields) {
      if (options === null) continue;
      const name = `${entity} ${key}`;
      const former = before[name];
      after[name] = options;
      if (former !== undefined && !isDeepStrictEqual(former, options))
        anew.push({ entity, key, column, activeCampaign, before: converterOf(former), after: converter });
    }
  }
  if (isDeepStrictEqual(before, after)) return;
  if (anew.length > 0) readAgreedAnew(store, anew);
  writeMeta(database, metaKey, pairedOptions.parse(after));
}

/** Options know no time zone and no names of other rows. */
const converterOf = ({ field, column, pairing }: PairedOptions): Converter => createConverter(field, column, 'UTC', () => null, pairing);

const pageSize = 500;

function readAgreedAnew(store: SyncStore, anew: readonly PairedAnew[]): void {
  const { links, halfMade } = store;
  for (const link of allOf(links.page, ({ id }) => id)) {
    const followed = followedBy(store, link, anew);
    if (!isDeepStrictEqual(followed, link.agreed)) links.setAgreed(link.id, followed);
  }
  for (const pair of allOf(halfMade.page, ({ personId }) => Number(personId))) {
    halfMade.keep({ ...pair, agreed: followedBy(store, pair, anew) });
  }
}

function* allOf<Item>(pageOf: (after: number, limit: number) => readonly Item[], idOf: (item: Item) => number): Generator<Item> {
  for (let after = 0; ; ) {
    const page = pageOf(after, pageSize);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = idOf(last);
  }
}

type Pair = Pick<Link, 'entity' | 'dynamicsId' | 'personId' | 'agreed'>;

function followedBy(
  { people, records }: SyncStore,
  { entity, dynamicsId, personId, agreed }: Pair,
  anew: readonly PairedAnew[],
): Link['agreed'] {
  const person = personId === null ? null : people.byId(personId);
  const record = records.byId(entity, dynamicsId);
  const followed = { ...agreed };
  for (const paired of anew) {
    const value = agreed[paired.key];
    if (paired.entity !== entity || value === undefined) continue;
    const read = agreedUnder(value, paired.before, paired.after, heldOf(paired, person, record));
    if (read === undefined) delete followed[paired.key];
    else followed[paired.key] = read;
  }
  return followed;
}
