import { planState } from './plan-state.ts';

/**
 * Plans rows without a link again that share an address with somebody who has changed: they may be held for who that was, or be the one to sync
 * now. What is to be planned anyway, or waits for Global Sync, stays so; a refusal is planned only as long as nobody dismisses it.
 * @param emailKey SQL that an `email_key` is compared with.
 */
export const replanRowsUnder = (emailKey: string): string => `
  UPDATE record SET plan_state = ${planState.changed}
  WHERE email_key ${emailKey} AND plan_state IN (${planState.settled}, ${planState.inPlan}, ${planState.refused})
    AND NOT EXISTS (SELECT 1 FROM link WHERE link.entity = record.entity AND link.dynamics_id = record.id AND link.state <> 'ended')`;
