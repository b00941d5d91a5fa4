import type { ActiveCampaignId, DynamicsId } from '../../../shared/ids.ts';
import type { ColumnValue } from '../../connections/dynamics/types.ts';

/** What the sample services hold when they start for the first time; made from a seed by `createDataSet`. */
export interface DataSet {
  readonly leads: readonly SampleRow[];
  readonly contacts: readonly SampleRow[];
  readonly people: readonly SamplePerson[];
}

export interface SampleRow {
  readonly id: DynamicsId;
  readonly columns: Readonly<Record<string, ColumnValue>>;
}

export interface SamplePerson {
  readonly id: ActiveCampaignId;
  /** Empty for the few people whom only a telephone number is known of. */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  /** By the title of the custom field. */
  readonly fields: Readonly<Record<string, string>>;
  /** Tag names. */
  readonly tags: readonly string[];
  /** Names of the lists and the status there. */
  readonly lists: readonly { readonly name: string; readonly status: 1 | 2; readonly throughCampaign?: boolean }[];
  readonly bounced?: 'hard' | 'soft';
  /** ISO 8601, UTC. Where absent, the time at which the service is filled. */
  readonly createdAt?: string;
  /** ISO 8601, UTC. Where absent, `createdAt`. */
  readonly updatedAt?: string;
}
