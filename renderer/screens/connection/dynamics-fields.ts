import type { Cloud } from '../../../shared/cloud.ts';
import type { Settings } from '../../../shared/settings.ts';

type Dynamics = Settings['dynamics'];

/** What was typed or chosen and is not saved yet. */
export interface DynamicsEdits {
  readonly signIn?: Dynamics['signIn'];
  readonly environmentUrl?: string;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly clientSecretEndsOn?: string;
  /** Only for finding environments: an environment's address tells its cloud. */
  readonly cloud?: Cloud;
}

/** What stands in the settings before a tenant was entered: whichever the person who signs in belongs to. */
const anyTenant = 'organizations';

/** The fields as they are shown, and as they are sent. */
export function dynamicsFields(saved: Dynamics, edits: DynamicsEdits) {
  const signIn = edits.signIn ?? saved.signIn;
  const environmentUrl = edits.environmentUrl ?? saved.environmentUrl;
  const tenantId = edits.tenantId ?? (saved.tenantId === anyTenant ? '' : saved.tenantId);
  const clientId = edits.clientId ?? saved.clientId;
  const clientSecret = edits.clientSecret ?? '';
  const clientSecretEndsOn = edits.clientSecretEndsOn ?? saved.clientSecretEndsOn ?? '';
  const tenantOrAny = tenantId === '' ? anyTenant : tenantId;
  return {
    signIn,
    environmentUrl,
    tenantId,
    tenantOrAny,
    clientId,
    clientSecret,
    clientSecretEndsOn,
    draft: {
      environmentUrl,
      signIn,
      tenantId: tenantOrAny,
      clientId,
      clientSecretEndsOn: clientSecretEndsOn === '' ? null : clientSecretEndsOn,
      clientSecret: signIn === 'user' || clientSecret === '' ? null : clientSecret.trim(),
    },
  };
}
