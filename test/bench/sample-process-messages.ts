/** What the benchmark and the process of the sample services say to each other. */

export type Order =
  | { readonly kind: 'start'; readonly records: number; readonly people: number; readonly limits: boolean }
  /** Moves the services' date forward. */
  | { readonly kind: 'advance'; readonly ms: number }
  /** Edits so many people, half of them in Dynamics, the others in ActiveCampaign. */
  | { readonly kind: 'edit'; readonly people: number };

export interface Account {
  readonly activeCampaign: { readonly apiUrl: string; readonly key: string };
  readonly dynamics: {
    readonly environmentUrl: string;
    readonly tenantId: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  readonly entraUrl: string;
}

export type Report = { readonly kind: 'started'; readonly account: Account } | { readonly kind: 'done' };
