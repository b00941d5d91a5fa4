import { expect, test } from 'vitest';
import { mappingDirections } from '../../shared/field-pairs.ts';

test.each([
  ['text', 'money', true, ['both', 'toActiveCampaign', 'toDynamics']],
  ['hidden', 'twoOptions', true, ['both', 'toActiveCampaign', 'toDynamics']],
  ['dropdown', 'choice', true, ['both', 'toActiveCampaign', 'toDynamics']],
  ['number', 'decimal', true, ['both', 'toActiveCampaign', 'toDynamics']],
  ['text', 'text', false, ['toActiveCampaign']],
  ['text', 'lookup', true, ['toActiveCampaign']],
  ['number', 'bigInteger', true, []],
  ['dropdown', 'choices', true, []],
  ['date', 'text', true, []],
  ['textarea', 'text', true, []],
] as const)('%s with %s (writable: %s) may go %j', (field, column, writable, directions) => {
  expect(mappingDirections(field, column, writable)).toEqual(directions);
});
