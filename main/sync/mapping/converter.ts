import type { CanonicalValue } from '../../../shared/canonical-value.ts';
import type { ColumnValue } from '../../connections/dynamics/types.ts';
import { type Misfit, misfit, type Reading } from './canonical.ts';

/** What to write, or why the value does not fit. */
export type Fit<Raw> = { readonly ok: true; readonly raw: Raw } | Misfit;

/**
 * Reads and writes one mapped field on both sides. Pure.
 *
 * What `toActiveCampaign` or `toDynamics` writes reads back as the value that was written: otherwise the next run would take the
 * difference for somebody's edit.
 */
export interface Converter {
  readDynamics(raw: ColumnValue): Reading;
  readActiveCampaign(raw: string): Reading;
  toDynamics(value: CanonicalValue): Fit<ColumnValue>;
  toActiveCampaign(value: CanonicalValue): Fit<string>;
  /** For people, where the value itself says nothing: the labels of options. */
  inWords?(value: CanonicalValue): string;
}

export const fits = <Raw>(raw: Raw): Fit<Raw> => ({ ok: true, raw });
export const notConvertible = (value: unknown, wanted: string): Misfit =>
  misfit('value-not-convertible', `"${String(value)}" is not ${wanted}`);
