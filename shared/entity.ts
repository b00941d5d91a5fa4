/** The two Dynamics tables that take part, under the names that the settings and the log use. */
export const entities = ['lead', 'contact'] as const;
export type Entity = (typeof entities)[number];
