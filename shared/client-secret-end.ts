/** How long a client secret is still good, by the day that an admin has entered: Microsoft Entra tells it only to those who may read the directory. */
export interface SecretEnd {
  /** Whole days by the local calendar; 0 on the last one, negative afterwards. */
  readonly daysLeft: number;
  readonly state: 'fine' | 'soon' | 'urgent' | 'ended';
  /** "The client secret of Dynamics 365 ends in 12 days." */
  readonly message: string;
}

export const secretEndAdvice =
  'Create a new one in the Microsoft Entra admin center under App registrations > Certificates & secrets, and enter its Value on the Connection screen.';

const soonDays = 30;
const urgentDays = 7;
const dayMs = 86_400_000;

/** @param endsOn `2027-03-01`. */
export function secretEnd(endsOn: string, now: number): SecretEnd {
  const [year = 0, month = 1, day = 1] = endsOn.split('-').map(Number);
  const today = new Date(now);
  const daysLeft = Math.round((Date.UTC(year, month - 1, day) - Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())) / dayMs);
  return { daysLeft, state: stateOf(daysLeft), message: `The client secret of Dynamics 365 ${words(daysLeft)}.` };
}

function stateOf(daysLeft: number): SecretEnd['state'] {
  if (daysLeft < 0) return 'ended';
  if (daysLeft <= urgentDays) return 'urgent';
  return daysLeft <= soonDays ? 'soon' : 'fine';
}

function words(daysLeft: number): string {
  if (daysLeft < -1) return `ended ${-daysLeft} days ago`;
  if (daysLeft === -1) return 'ended yesterday';
  if (daysLeft === 0) return 'ends today';
  return daysLeft === 1 ? 'ends tomorrow' : `ends in ${daysLeft} days`;
}
