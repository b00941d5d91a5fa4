import { activeCampaignPace } from '../connections/activecampaign/client.ts';
import { dynamicsPace } from '../connections/dynamics/client.ts';

export interface Writes {
  /** People who are created, changed or opted out in ActiveCampaign. */
  readonly people: number;
  /** Rows that are created or changed in Dynamics. */
  readonly records: number;
}

const importFrom = 10;
const importSize = 250;
const readSize = 100;
/** One write and its share of looking before and reading back. */
const requestsOfOne = 2;
const batchSize = 100;
/** ActiveCampaign says nothing about how fast it works an import off; this is waited for at least. */
const importWaitMs = 1_000;

/**
 * How long a run will take, as far as that can be told: the reading once more, and the requests that it writes by at the pace that each
 * service is asked at. What else uses the account makes it longer.
 */
export function forecastMs({ people, records }: Writes, readingMs: number): number {
  return (
    readingMs +
    requestsToActiveCampaign(people) * spacingMs(activeCampaignPace) +
    Math.ceil(records / batchSize) * spacingMs(dynamicsPace) +
    (people >= importFrom ? importWaitMs : 0)
  );
}

/** Who is written is looked at right before, imported many at a time, and read back. */
const requestsToActiveCampaign = (people: number): number =>
  people < importFrom ? people * requestsOfOne : Math.ceil(people / importSize) + 2 * Math.ceil(people / readSize);

const spacingMs = ({ startsPerSecond }: { readonly startsPerSecond: number | null }): number =>
  startsPerSecond === null ? 0 : 1000 / startsPerSecond;
