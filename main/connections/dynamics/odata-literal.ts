/** OData literals and names, not yet percent-encoded (PowerApps docs: webapi/query/filter-rows). */

/** A text literal: quotes inside are doubled. */
export function textLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/**
 * A text literal for `contains`, `startswith` and `endswith`, where Dataverse reads `%`, `_`, `[` and `]` as wildcards. Each is put in
 * brackets; a closing bracket means itself without an opening one.
 */
export function patternLiteral(value: string): string {
  return textLiteral(value.replace(/[%_[]/g, (wildcard) => `[${wildcard}]`));
}

/** @throws RangeError for a number that has no literal. */
export function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be written as a number`);
  return String(value);
}

export function booleanLiteral(value: boolean): string {
  return value ? 'true' : 'false';
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** GUIDs stand without quotes. @throws RangeError for anything else than a GUID. */
export function guidLiteral(value: string): string {
  if (!guid.test(value)) throw new RangeError(`"${value}" is not a GUID`);
  return value.toLowerCase();
}

/** A day: `2023-10-15`. @throws RangeError for anything else. */
export function dateLiteral(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) throw new RangeError(`"${value}" is not a date`);
  return value;
}

/** A moment in UTC, to the second as the service keeps it. */
export function momentLiteral(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

const name = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A column name that can stand in a query. @throws RangeError where it could smuggle in anything else. */
export function columnName(value: string): string {
  if (!name.test(value)) throw new RangeError(`"${value}" is not the name of a column`);
  return value;
}
