import type { CanonicalValue } from '../../../shared/canonical-value.ts';

/** Why a value cannot cross to the other side; these reasons are part of the log's contract. */
export type MisfitReason = 'value-too-long' | 'no-such-option' | 'value-not-convertible';

export interface Misfit {
  readonly ok: false;
  readonly reason: MisfitReason;
  /** What the value is and why it does not fit, for an admin. */
  readonly explanation: string;
}

/** What one side holds: a comparable value, or something that cannot be read as the type that the mapping asks for. */
export type Reading = { readonly ok: true; readonly value: CanonicalValue } | Misfit;

export const misfit = (reason: MisfitReason, explanation: string): Misfit => ({ ok: false, reason, explanation });
export const reading = (value: CanonicalValue): Reading => ({ ok: true, value });

/** Text with one Unicode form and one line end, without white space at its ends; null where nothing is left. */
export function canonicalText(text: string): string | null {
  const trimmed = text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  return trimmed === '' ? null : trimmed;
}

export function sameValue(a: CanonicalValue, b: CanonicalValue): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => item === b[index]);
  return a === b;
}

/** How a value is written in the journal and in messages. */
export function describeValue(value: CanonicalValue): string {
  if (value === null) return '(empty)';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
