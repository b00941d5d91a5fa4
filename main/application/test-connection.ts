import type { ConnectionCheck, ConnectionDraft } from '../../shared/connection.ts';
import { checkActiveCampaign } from '../connections/activecampaign/check.ts';
import type { ConnectionCheck as ProvedCheck } from '../connections/connection-check.ts';
import { checkDynamics } from '../connections/dynamics/check.ts';
import { ServiceError } from '../connections/errors.ts';
import type { Connector } from '../services/connector.ts';

/** Proves a draft line by line; nothing is kept, and a failed line is an answer. */
export async function testConnection(connector: Connector, draft: ConnectionDraft): Promise<readonly ConnectionCheck[]> {
  const uncounted = () => undefined;
  try {
    if (draft.service === 'activeCampaign') {
      const { checks } = await checkActiveCampaign(await connector.activeCampaignOptions(draft.apiUrl, draft.key, uncounted));
      return checks.map(shown);
    }
    const { service: _, clientSecret, ...dynamics } = draft;
    const { checks } = await checkDynamics(await connector.dynamicsOptions(dynamics, clientSecret, uncounted));
    return checks.map(shown);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { message, advice, serviceMessage } = error.details;
    return [
      {
        id: 'prepared',
        label: 'Address and secret',
        outcome: 'failed',
        message,
        advice,
        ...(serviceMessage !== undefined && { serviceMessage }),
      },
    ];
  }
}

const outcomes = { ok: 'passed', warning: 'warning', failed: 'failed' } as const;

const shown = ({ id, label, outcome, message, advice }: ProvedCheck): ConnectionCheck => ({
  id,
  label,
  outcome: outcomes[outcome],
  message,
  advice: advice ?? '',
});
