import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import { type Reading, reading, sameValue } from '../../main/sync/mapping/canonical.ts';
import { createConverter } from '../../main/sync/mapping/convert.ts';
import { emailKey } from '../../shared/email.ts';
import type { Entity } from '../../shared/entity.ts';
import type { OptionCorrection } from '../../shared/option-pairs.ts';
import type { Direction } from '../../shared/settings.ts';
import { type FieldPair, fieldPairs } from './mapped-fields.ts';
import { nameInMapping } from './settings.ts';
import type { Stage } from './stage.ts';

export interface FieldReader {
  readonly readPerson: (raw: string) => Reading;
  readonly readRow: (raw: ColumnValue) => Reading;
}

/** One mapped field as the judges see it. */
export interface JudgedField extends FieldReader {
  /** As in the program's snapshots. */
  readonly key: string;
  readonly dynamics: string;
  /** In the ledger: `email`, `firstName`, or a title. */
  readonly activeCampaign: string;
  /** In the journal: `field:12` in the place of the title. */
  readonly written: string;
  /** Null where the mapping and the entity together allow no way. */
  readonly direction: Direction | null;
  /** As it was before somebody paired its options by hand; the same where nobody did. */
  readonly before: FieldReader;
}

const readEmail = (raw: ColumnValue): Reading => reading(emailKey(typeof raw === 'string' ? raw : null));
const emailReader: FieldReader = { readPerson: readEmail, readRow: readEmail };

export function readerOf({ field, column }: FieldPair, timeZone: string, corrections: readonly OptionCorrection[]): FieldReader {
  // Both sides offer the same options where there are several.
  const offered = column.kind === 'choice' || column.kind === 'choices' ? column.options.map(({ label }) => label) : null;
  const converter = createConverter(field, column, timeZone, () => null, { offered, corrections });
  return { readPerson: converter.readActiveCampaign, readRow: converter.readDynamics };
}

/** The fields that are mapped for this entity now, the e-mail first. */
export function judgedFields(stage: Stage, entity: Entity): readonly JudgedField[] {
  const choice = stage.configuration[entity];
  const { timeZone } = stage.scenario;
  const email: JudgedField = {
    key: 'emailaddress1=email',
    dynamics: 'emailaddress1',
    activeCampaign: 'email',
    written: 'email',
    direction: choice.direction,
    ...emailReader,
    before: emailReader,
  };
  const mapped = choice.mappings.flatMap(({ pair: index, direction }): JudgedField[] => {
    const pair = fieldPairs[index];
    if (pair === undefined) return [];
    const before = readerOf(pair, timeZone, []);
    const corrections = stage.pairedByHand[entity].get(pair.dynamics);
    const name = nameInMapping(stage.world.office, pair);
    return [
      {
        key: `${pair.dynamics}=${name}`,
        dynamics: pair.dynamics,
        activeCampaign: pair.activeCampaign,
        written: name,
        direction: common(direction, choice.direction),
        ...(corrections === undefined ? before : readerOf(pair, timeZone, corrections)),
        before,
      },
    ];
  });
  return [email, ...mapped];
}

function common(one: Direction, other: Direction): Direction | null {
  if (one === 'both') return other;
  return other === 'both' || one === other ? one : null;
}

/** Unreadable values are alike when they say the same. */
export function sameReading(one: Reading, other: Reading): boolean {
  if (one.ok && other.ok) return sameValue(one.value, other.value);
  return !one.ok && !other.ok && one.explanation === other.explanation;
}
