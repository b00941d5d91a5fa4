import type { PrivilegeDepth } from './privileges.ts';

/**
 * Where environments differ, or where the documentation leaves open what the service does: a sample environment can be had each way.
 */
export interface DynamicsVariant {
  /** Change tracking of the contact table; whether it is on in a new environment is not documented. */
  readonly contactChangeTracking: boolean;
  /** Row versions (`If-Match: W/"…"`) on both tables. */
  readonly optimisticConcurrency: boolean;
  /** Without organisation-level read a user cannot use change tracking. */
  readonly organizationLevelRead: boolean;
  /** Privileges that the API user's roles give otherwise than at organisation level, or not at all: `{ prvWriteLead: null }`. */
  readonly privileges: Readonly<Record<string, PrivilegeDepth | null>>;
  /** False where the API user may not ask which privileges it holds. */
  readonly privilegesReadable: boolean;
  /** Without the Sales app there is no lead table. */
  readonly leadTable: boolean;
  /** Status of "version stamp expired"; the code is the same either way. */
  readonly expiredTokenStatus: 400 | 410;
  /** True where the token of a first full load bears the time of its last page: edits to rows already read are not in the next delta. */
  readonly firstLoadMissesEdits: boolean;
  /** True where service protection counts each request of a `$batch` and refuses it inside; else the batch is one request. */
  readonly throttlesInsideBatch: boolean;
  /** Rows on a page where a request asks for no smaller one; Dataverse has 5,000. */
  readonly pageSize: number;
  /** Columns (logical names) under column security that the API user may neither see nor change. */
  readonly securedColumns: Readonly<Record<'lead' | 'contact', readonly string[]>>;
  /** True where a plug-in refuses a new row without its business-required columns; the API itself does not. */
  readonly enforcesBusinessRequired: boolean;
  /** False where `statecode` and `statuscode` of a new row are ignored. */
  readonly stateOnCreate: boolean;
  /** True where a plug-in refuses changes to qualified leads. */
  readonly qualifiedLeadsReadOnly: boolean;
  /** Service protection limits; null for none. https://learn.microsoft.com/power-apps/developer/data-platform/api-limits */
  readonly serviceProtection: ServiceProtection | null;
}

export interface ServiceProtection {
  readonly requests: number;
  readonly executionMs: number;
  readonly concurrentRequests: number;
  readonly windowMs: number;
}

/** The limits of Dataverse, for each user and web server. */
export const dataverseProtection: ServiceProtection = {
  requests: 6_000,
  executionMs: 1_200_000,
  concurrentRequests: 52,
  windowMs: 300_000,
};

export const defaultVariant: DynamicsVariant = {
  contactChangeTracking: true,
  optimisticConcurrency: true,
  organizationLevelRead: true,
  privileges: {},
  privilegesReadable: true,
  leadTable: true,
  expiredTokenStatus: 400,
  firstLoadMissesEdits: true,
  throttlesInsideBatch: false,
  pageSize: 5_000,
  securedColumns: { lead: [], contact: [] },
  enforcesBusinessRequired: false,
  stateOnCreate: true,
  qualifiedLeadsReadOnly: false,
  serviceProtection: null,
};
