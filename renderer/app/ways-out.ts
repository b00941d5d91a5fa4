import type { Attention } from '../../shared/app-state.ts';
import type { Screen } from './screens.ts';

/** Where something can be done about what needs attention, and what the way there is called. */
export const waysOut = {
  run: ['liveLog', 'See what happened'],
  heldPlan: ['heldPlan', 'Look at the plan'],
  people: ['liveLog', 'See who'],
} as const satisfies Record<Attention['about'], readonly [Screen, string]>;
