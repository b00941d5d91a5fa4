import { z } from 'zod';
import type { ColumnValue } from '../../../connections/dynamics/types.ts';

/** Values by the name in a row; a column without a value is absent or null. */
export type Columns = Readonly<Record<string, ColumnValue>>;

/** A row as the sample environment keeps it. Never changed in place: a write makes a new one with a higher version. */
export interface StoredRow {
  readonly id: string;
  /** Counts up over the whole environment. The etag `W/"n"` and change tracking are made of it. */
  readonly version: number;
  readonly columns: Columns;
}

const schema = z.object({
  id: z.string(),
  version: z.number(),
  columns: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export const parseStoredRow = (stored: unknown): StoredRow => schema.parse(stored);

export const etagOf = (row: StoredRow) => `W/"${row.version}"`;
