import type { Attention } from '../../shared/app-state.ts';
import type { OpenScreen } from './context.ts';

/** Where something can be done about what needs attention, and what the way there is called. */
export const waysOut: Readonly<Record<Attention['about'], { readonly name: string; readonly go: (open: OpenScreen) => void }>> = {
  run: { name: 'See what happened', go: (open) => open('liveLog') },
  connection: { name: 'Go to Connection', go: (open) => open('connection') },
  heldPlan: { name: 'Look at the plan', go: (open) => open('heldPlan') },
  newcomers: { name: 'Answer', go: (open) => open('overview') },
  automations: { name: 'Choose again', go: (open) => open('dataConfiguration') },
  configuration: { name: 'Choose again', go: (open) => open('dataConfiguration') },
  wrongTags: { name: 'Look and repair', go: (open) => open('people', { who: 'held' }) },
  people: { name: 'See who', go: (open) => open('people', { who: 'held' }) },
};
