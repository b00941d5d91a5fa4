import type { Agreed, CanonicalValue } from '../../../shared/canonical-value.ts';
import type { ColumnValue } from '../../connections/dynamics/types.ts';
import { type Reading, sameValue } from '../mapping/canonical.ts';
import type { Converter, Fit } from '../mapping/converter.ts';
import { agreedOn } from './merge.ts';

/** What both sides hold, raw; undefined where it is not known. */
export interface HeldRaw {
  readonly activeCampaign?: string | undefined;
  readonly dynamics?: ColumnValue | undefined;
}

/**
 * What was agreed while options were paired one way, as it reads while they are paired another way: what nobody touched must not look
 * edited, and what somebody edited must not look untouched. Undefined where the pairs have moved the two sides apart: they meet for the
 * first time then. Pure.
 * @param held tells which it is of several options that were one on the other side.
 */
export function agreedUnder(agreed: Agreed, before: Converter, after: Converter, held: HeldRaw): Agreed | undefined {
  const was = { activeCampaign: agreedOn('activeCampaign', agreed), dynamics: agreedOn('dynamics', agreed) };
  const is = {
    activeCampaign: isRead(was.activeCampaign, held.activeCampaign, before.readActiveCampaign)
      ? after.readActiveCampaign(held.activeCampaign)
      : readAnew(was.activeCampaign, before.toActiveCampaign(was.activeCampaign), after.readActiveCampaign),
    dynamics: isRead(was.dynamics, held.dynamics, before.readDynamics)
      ? after.readDynamics(held.dynamics)
      : readAnew(was.dynamics, before.toDynamics(was.dynamics), after.readDynamics),
  };
  if (isSame(was.activeCampaign, is.activeCampaign) && isSame(was.dynamics, is.dynamics)) return agreed;
  return is.activeCampaign.ok && isSame(is.activeCampaign.value, is.dynamics) ? is.activeCampaign.value : undefined;
}

/** A value that had no counterpart could not be written: how it stands there is not known, and it is taken to be as it was. */
function readAnew<Raw>(was: CanonicalValue, written: Fit<Raw>, read: (raw: Raw) => Reading): Reading {
  return written.ok ? read(written.raw) : { ok: true, value: was };
}

const isRead = <Raw>(was: CanonicalValue, held: Raw | undefined, read: (raw: Raw) => Reading): held is Raw =>
  held !== undefined && isSame(was, read(held));

const isSame = (value: CanonicalValue, reading: Reading): boolean => reading.ok && sameValue(value, reading.value);
