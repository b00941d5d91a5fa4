import type { ListMembership } from '../connections/activecampaign/types.ts';
import type { ColumnValue } from '../connections/dynamics/types.ts';

/**
 * Consent is a ratchet: an opt-out on either side is carried to the other, and nothing here ever takes one back.
 * These columns mean "forbidden" where they are true: https://learn.microsoft.com/dynamics365/customerengagement/on-premises/developer/entities/lead
 */
export const optOutColumn = 'donotbulkemail';
export const consentColumns = [optOutColumn, 'donotemail'] as const;

const subscribed = 1;
const unsubscribed = 2;

/** Unsubscribed from every list the person is on, or unsubscribed through a campaign. A person on no list has not opted out. */
export function optedOutInActiveCampaign(lists: readonly ListMembership[]): boolean {
  if (lists.some((list) => list.status === unsubscribed && list.throughCampaign)) return true;
  return lists.some((list) => list.status === unsubscribed) && lists.every((list) => list.status !== subscribed);
}

export function optedOutInDynamics(columns: Readonly<Record<string, ColumnValue>>): boolean {
  return consentColumns.some((column) => columns[column] === true);
}

/** Whether somebody may be put on a list: nobody is who has left it, or has opted out. */
export const mayJoin = (lists: readonly ListMembership[], list: string): boolean =>
  !optedOutInActiveCampaign(lists) && !lists.some(({ listId, status }) => listId === list && status !== subscribed);

/** Ids of the lists that an opted-out person is still subscribed to. */
export function listsToLeave(lists: readonly ListMembership[]): string[] {
  return lists.filter((list) => list.status === subscribed).map((list) => list.listId);
}
