/** What the simulation holds the program to. */
export const promises = {
  P1: 'nothing is lost: what somebody entered last is on both sides, or a hold or the journal says why not; nobody is missed',
  P2: 'never two records for one person that the program could have found',
  P3: 'no write of an equal value and no echo',
  P4: 'different fields that are edited on both sides both survive',
  P5: 'the memory of the program is never ahead of what was confirmed',
  P6: 'no opt-out is ever weakened',
  P7: 'one bad record blocks nobody',
  P8: 'everything has converged within three quiet runs',
  P9: 'while Global Sync is off, nothing goes to ActiveCampaign but the tags of people from automations',
  P10: 'nothing goes to Dynamics that the settings of the run do not let go there',
} as const;
export type PromiseName = keyof typeof promises;

/** Ends a simulation. */
export class BrokenPromise extends Error {
  readonly promise: PromiseName;
  constructor(promise: PromiseName, message: string) {
    super(message);
    this.name = 'BrokenPromise';
    this.promise = promise;
  }
}
