import { describe, expect, test } from 'vitest';
import { listsToLeave, optedOutInActiveCampaign, optedOutInDynamics } from '../../main/sync/consent.ts';
import { subscribed, unsubscribed } from './sync-subjects.ts';

const unknown = (listId: string, status: number) => ({ listId, status, throughCampaign: false });

describe('an opt-out in ActiveCampaign', () => {
  test.each([
    ['a person on no list has not opted out', [], false],
    ['nor has one who gets everything', [subscribed('1'), subscribed('2')], false],
    ['nor one who left some lists and stays on others', [subscribed('1'), unsubscribed('2')], false],
    ['nor one whose status is not known', [unknown('1', 0), unknown('2', 3)], false],
    ['who left every list has', [unsubscribed('1'), unsubscribed('2')], true],
    ['who left every list but those whose status is not known has', [unsubscribed('1'), unknown('2', 0)], true],
    ['who left one through a campaign has, whatever the other lists say', [subscribed('1'), unsubscribed('2', true)], true],
    ['who came back to the list that was left through a campaign has not', [{ ...subscribed('1'), throughCampaign: true }], false],
  ])('%s', (_, lists, out) => {
    expect(optedOutInActiveCampaign(lists)).toBe(out);
  });
});

describe('an opt-out in Dynamics', () => {
  test.each([
    [{ donotbulkemail: true, donotemail: false }, true],
    [{ donotbulkemail: false, donotemail: true }, true],
    [{ donotbulkemail: false, donotemail: false }, false],
    [{ donotbulkemail: null }, false],
    [{}, false],
    [{ donotphone: true }, false],
  ])('%o: %s', (columns, out) => {
    expect(optedOutInDynamics(columns)).toBe(out);
  });
});

test('who opts out leaves the lists that they are on, and no status is touched that says something else', () => {
  expect(listsToLeave([subscribed('1'), unsubscribed('2'), unknown('3', 0), subscribed('4')])).toEqual(['1', '4']);
});
