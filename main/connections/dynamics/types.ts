import type { Entity } from '../../../shared/entity.ts';
import type { LookupTarget } from '../../../shared/field-pairs.ts';
import type { DynamicsId } from '../../../shared/ids.ts';
import type { ServiceError } from '../errors.ts';

/** A column's value as the Web API sends it. Choices are integers, several choices a comma string of integers. */
export type ColumnValue = string | number | boolean | null;

/** One row of `lead` or `contact`. */
export interface Row {
  readonly entity: Entity;
  readonly id: DynamicsId;
  /** Opaque; sent back in `If-Match`. Null where the table keeps no versions. */
  readonly etag: string | null;
  /** By the column's name in the answer (lookups as `_ownerid_value`). A column that was not selected is absent. */
  readonly columns: Readonly<Record<string, ColumnValue>>;
}

export interface ChangePage {
  readonly rows: readonly Row[];
  readonly deleted: readonly DynamicsId[];
  /** On the last page only. Null there means that the table keeps no change tracking. */
  readonly deltaLink: string | null;
  readonly last: boolean;
  /** The service's `Date` header in ms since the epoch; null where it sent none. */
  readonly serverTime: number | null;
}

export interface RowPage {
  readonly rows: readonly Row[];
  readonly serverTime: number | null;
}

export interface RowQuery {
  readonly select: readonly string[];
  /** An OData `$filter`, not yet percent-encoded. */
  readonly filter?: string;
  readonly orderBy?: string;
  readonly top?: number;
}

export type FirstRowsQuery = RowQuery & { readonly top: number };

export interface FirstRows {
  readonly rows: readonly Row[];
  /** How many there are in all, at most 5,000; `exact` is false where there may be more. */
  readonly count: number;
  readonly exact: boolean;
}

export type DynamicsWrite = {
  readonly entity: Entity;
  readonly id: DynamicsId;
  readonly columns: Readonly<Record<string, ColumnValue>>;
  /** Columns to answer with: what the row holds after the write, business logic of the environment included. */
  readonly returning: readonly string[];
} & (
  | /** `PATCH` with `If-None-Match: *` under an id chosen beforehand: a repetition answers `already-exists`. */ { readonly kind: 'create' }
  /** `PATCH` with `If-Match: etag` (`*` where the table keeps no versions): never creates. */
  | { readonly kind: 'update'; readonly etag: string | null }
);

export type DynamicsWriteResult =
  /** `row`: after the write; null where the service answered without it. */
  | { readonly kind: 'done'; readonly row: Row | null; readonly status: number; readonly requestId: string | null }
  | { readonly kind: 'refused'; readonly error: ServiceError }
  /** No answer for this part (the batch stopped, or the answer was cut): it may or may not have been carried out. */
  | { readonly kind: 'unanswered' };

export type ColumnType =
  | { readonly kind: 'text'; readonly maxLength: number }
  | { readonly kind: 'multilineText'; readonly maxLength: number }
  | { readonly kind: 'wholeNumber' | 'bigInteger'; readonly min: number; readonly max: number }
  | { readonly kind: 'decimal' | 'float' | 'money'; readonly precision: number; readonly min: number; readonly max: number }
  | { readonly kind: 'twoOptions'; readonly trueLabel: string; readonly falseLabel: string }
  | {
      readonly kind: 'dateTime';
      readonly behavior: 'userLocal' | 'dateOnly' | 'timeZoneIndependent';
      readonly format: 'dateOnly' | 'dateAndTime';
    }
  | { readonly kind: 'choice' | 'choices'; readonly options: readonly { readonly value: number; readonly label: string }[] }
  | { readonly kind: 'lookup'; readonly targets: readonly string[] };

export interface Column {
  /** Logical name: what `$select` (except lookups) and a mapping name. */
  readonly name: string;
  /** Display name in the user's language; the logical name where there is none. */
  readonly label: string;
  readonly type: ColumnType;
  readonly required: 'none' | 'recommended' | 'business' | 'system';
  readonly readable: boolean;
  readonly creatable: boolean;
  readonly updatable: boolean;
  /** Under column security: the user may lack the right to see or change it. */
  readonly secured: boolean;
}

export interface TableDefinition {
  readonly entity: Entity;
  readonly entitySetName: string;
  readonly changeTracking: boolean;
  readonly optimisticConcurrency: boolean;
  /** Columns that a mapping or a condition can use. */
  readonly columns: readonly Column[];
}

export interface SavedView {
  readonly id: DynamicsId;
  readonly type: 'system' | 'personal';
  readonly name: string;
  readonly fetchXml: string;
}

export interface DynamicsAccount {
  readonly organizationId: string;
  readonly userId: DynamicsId;
}

/** Every method throws ServiceError and, when the signal is aborted, the signal's reason. */
export interface DynamicsClient {
  whoAmI(): Promise<DynamicsAccount>;
  /** @throws ServiceError `not-available` where the table does not exist (an environment without the Sales app has no leads). */
  table(entity: Entity): Promise<TableDefinition>;
  /**
   * Change tracking: every readable row where `deltaLink` is null, else what changed since. Pages of 5,000.
   * @throws ServiceError `cursor-expired`, `not-available` (tracking is off), `no-right` (no organisation-level read).
   */
  changes(entity: Entity, select: readonly string[], deltaLink: string | null): AsyncIterable<ChangePage>;
  /** Ordinary query, page by page. */
  rows(entity: Entity, query: RowQuery): AsyncIterable<RowPage>;
  /** Rows of a saved view or any FetchXML, page by page. Columns without a value are absent. */
  rowsByFetchXml(entity: Entity, fetchXml: string): AsyncIterable<RowPage>;
  /** The first rows, and how many there are in all. */
  firstRows(entity: Entity, query: FirstRowsQuery): Promise<FirstRows>;
  /** The same of a saved view. */
  firstRowsByFetchXml(entity: Entity, fetchXml: string, top: number): Promise<FirstRows>;
  /** The named rows, in `$batch`es; a row that does not exist is left out. */
  rowsById(entity: Entity, ids: readonly DynamicsId[], select: readonly string[]): Promise<readonly Row[]>;
  /** Names of the rows that lookups point to, by id; what none of the tables shows is left out. */
  lookupNames(targets: readonly LookupTarget[], ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  views(entity: Entity): Promise<readonly SavedView[]>;
  /** Writes in order through `$batch` with continue-on-error; one result a write, in the same order. */
  write(writes: readonly DynamicsWrite[]): Promise<readonly DynamicsWriteResult[]>;
}
