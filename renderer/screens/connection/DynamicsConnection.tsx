import { Field, Input, Link, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import type { AppState } from '../../../shared/app-state.ts';
import { ConnectionForm } from './ConnectionForm.tsx';
import { SecretField } from './SecretField.tsx';

const useStyles = makeStyles({ link: { whiteSpace: 'nowrap' } });

interface Edits {
  readonly environmentUrl?: string;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** What stands in the settings before anything was entered: signing in by secret needs a tenant of its own. */
const anyTenant = 'organizations';

export function DynamicsConnection({ state }: { readonly state: AppState }) {
  const styles = useStyles();
  const [edits, setEdits] = useState<Edits>({});
  const { dynamics } = state.settings;
  const environmentUrl = edits.environmentUrl ?? dynamics.environmentUrl;
  const tenantId = edits.tenantId ?? (dynamics.tenantId === anyTenant ? '' : dynamics.tenantId);
  const clientId = edits.clientId ?? dynamics.clientId;
  const clientSecret = edits.clientSecret ?? '';
  const stored = state.secrets.dynamicsClientSecret;
  const readOnly = state.mode === 'sample';

  return (
    <ConnectionForm
      title="Dynamics 365"
      lead={
        <>
          Leadferry signs in as an application user with a client secret.{' '}
          <Link
            className={styles.link}
            inline
            href="https://learn.microsoft.com/power-platform/admin/manage-application-users"
            target="_blank"
            rel="noreferrer"
          >
            How to set one up
          </Link>
        </>
      }
      draft={{
        service: 'dynamics',
        environmentUrl: environmentUrl.trim(),
        signIn: 'application',
        tenantId: tenantId.trim() || anyTenant,
        clientId: clientId.trim(),
        clientSecret: clientSecret === '' ? null : clientSecret.trim(),
      }}
      complete={
        environmentUrl.trim() !== '' &&
        tenantId.trim() !== '' &&
        clientId.trim() !== '' &&
        (clientSecret.trim() !== '' || stored === 'stored')
      }
      secret={{ name: 'dynamicsClientSecret', state: stored, word: 'client secret' }}
      changed={Object.keys(edits).length > 0}
      readOnly={readOnly}
      onSaved={() => setEdits({})}
    >
      <Field label="Environment URL" required>
        <Input
          type="url"
          value={environmentUrl}
          readOnly={readOnly}
          placeholder="https://your-company.crm.dynamics.com"
          onChange={(_event, { value }) => setEdits({ ...edits, environmentUrl: value })}
        />
      </Field>
      <Field label="Tenant" required>
        <Input
          value={tenantId}
          readOnly={readOnly}
          placeholder="your-company.com or its id"
          onChange={(_event, { value }) => setEdits({ ...edits, tenantId: value })}
        />
      </Field>
      <Field label="Client id" required>
        <Input
          value={clientId}
          readOnly={readOnly}
          placeholder="00000000-0000-0000-0000-000000000000"
          onChange={(_event, { value }) => setEdits({ ...edits, clientId: value })}
        />
      </Field>
      <SecretField
        label="Client secret"
        state={stored}
        readOnly={readOnly}
        value={clientSecret}
        onChange={(value) => setEdits({ ...edits, clientSecret: value })}
      />
    </ConnectionForm>
  );
}
