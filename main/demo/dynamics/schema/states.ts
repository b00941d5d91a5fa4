import type { Choice } from './column.ts';

/** States and the status reasons that belong to them. A customer may add reasons; the states are fixed. */

export const leadStates: readonly Choice[] = [
  { value: 0, label: 'Open' },
  { value: 1, label: 'Qualified' },
  { value: 2, label: 'Disqualified' },
];

export const leadStatuses: readonly Choice[] = [
  { value: 1, label: 'New', state: 0 },
  { value: 2, label: 'Contacted', state: 0 },
  { value: 3, label: 'Qualified', state: 1 },
  { value: 4, label: 'Lost', state: 2 },
  { value: 5, label: 'Cannot Contact', state: 2 },
  { value: 6, label: 'No Longer Interested', state: 2 },
  { value: 7, label: 'Canceled', state: 2 },
];

export const contactStates: readonly Choice[] = [
  { value: 0, label: 'Active' },
  { value: 1, label: 'Inactive' },
];

export const contactStatuses: readonly Choice[] = [
  { value: 1, label: 'Active', state: 0 },
  { value: 2, label: 'Inactive', state: 1 },
];
