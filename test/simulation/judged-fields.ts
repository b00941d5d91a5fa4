import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import { type Reading, reading, sameValue } from '../../main/sync/mapping/canonical.ts';
import { createConverter } from '../../main/sync/mapping/convert.ts';
import { emailKey } from '../../shared/email.ts';
import type { Direction } from '../../shared/settings.ts';
import { fieldPairs } from './mapped-fields.ts';
import type { EntityChoice } from './scenario.ts';
import { nameInMapping } from './settings.ts';
import type { Stage } from './stage.ts';

/** One mapped field as the judges see it. */
export interface JudgedField {
  /** As in the program's snapshots. */
  readonly key: string;
  readonly dynamics: string;
  /** In the ledger: `email`, `firstName`, or a title. */
  readonly activeCampaign: string;
  /** In the journal: `field:12` in the place of the title. */
  readonly written: string;
  /** Null where the mapping and the entity together allow no way. */
  readonly direction: Direction | null;
  readonly readPerson: (raw: string) => Reading;
  readonly readRow: (raw: ColumnValue) => Reading;
}

const readEmail = (raw: ColumnValue): Reading => reading(emailKey(typeof raw === 'string' ? raw : null));

/** The fields that are mapped for this entity now, the e-mail first. */
export function judgedFields(stage: Stage, choice: EntityChoice): readonly JudgedField[] {
  const email: JudgedField = {
    key: 'emailaddress1=email',
    dynamics: 'emailaddress1',
    activeCampaign: 'email',
    written: 'email',
    direction: choice.direction,
    readPerson: readEmail,
    readRow: readEmail,
  };
  const mapped = choice.mappings.flatMap(({ pair: index, direction }): JudgedField[] => {
    const pair = fieldPairs[index];
    if (pair === undefined) return [];
    const converter = createConverter(pair.field, pair.column, stage.scenario.timeZone, () => null);
    const name = nameInMapping(stage.world.office, pair);
    return [
      {
        key: `${pair.dynamics}=${name}`,
        dynamics: pair.dynamics,
        activeCampaign: pair.activeCampaign,
        written: name,
        direction: common(direction, choice.direction),
        readPerson: converter.readActiveCampaign,
        readRow: converter.readDynamics,
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
