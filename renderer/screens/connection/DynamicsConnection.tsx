import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { AppState } from '../../../shared/app-state.ts';
import { cloudOf } from '../../../shared/cloud.ts';
import type { EnvironmentChoice, SignInRequest } from '../../../shared/connection.ts';
import { connectionLabels } from '../../../shared/connection-labels.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { accountFor, BrowserSignIn } from './BrowserSignIn.tsx';
import { CloudField } from './CloudField.tsx';
import { ConnectionForm } from './ConnectionForm.tsx';
import { type DynamicsEdits, dynamicsFields } from './dynamics-fields.ts';
import { EnvironmentField } from './EnvironmentField.tsx';
import { FieldGrid } from './FieldGrid.tsx';
import { ApplicationRegistrationGuide, UserRegistrationGuide } from './RegistrationGuide.tsx';
import { RemoveCredentials } from './RemoveCredentials.tsx';
import { SecretEndField } from './SecretEndField.tsx';
import { SecretField } from './SecretField.tsx';

const ways = [
  ['user', 'With my browser'],
  ['application', 'With a client secret'],
] as const;

const leads = {
  user: 'Leadferry works as you: it may do in Dynamics 365 what you may, and asks you again from time to time.',
  application: 'Leadferry works as an application user of its own, with no person involved. Right for a computer that runs by itself.',
};

const emptyClientId = '00000000-0000-0000-0000-000000000000';
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function DynamicsConnection({ state }: { readonly state: AppState }) {
  const api = useApi();
  const [edits, setEdits] = useState<DynamicsEdits>({});
  const environments = useAction<EnvironmentChoice[]>();
  const fields = dynamicsFields(state.settings.dynamics, edits);
  const { signIn, environmentUrl, tenantId, clientId, clientSecret } = fields;
  const edit = (change: DynamicsEdits) => setEdits((before) => ({ ...before, ...change }));
  const readOnly = state.mode === 'sample';

  const cloud = edits.cloud ?? cloudOf(environmentUrl);
  const request: SignInRequest | null = guid.test(clientId) ? { clientId, tenantId: fields.tenantOrAny, cloud } : null;
  const account = accountFor(state.browserSignIn, request);
  const signedIn = account !== null || (state.browserSignIn.state === 'unreadable' && edits.clientId === undefined);
  const stored = state.secrets.dynamicsClientSecret;
  const list = () => {
    if (request !== null && account !== null) void environments.run(() => api.call.getEnvironments(request));
  };

  return (
    <ConnectionForm
      title="Dynamics 365"
      lead={leads[signIn]}
      draft={{ service: 'dynamics', ...fields.draft }}
      complete={
        environmentUrl !== '' &&
        clientId !== '' &&
        (signIn === 'user' ? signedIn : tenantId !== '' && (clientSecret !== '' || stored === 'stored'))
      }
      changed={
        Object.keys(edits).some((name) => name !== 'cloud') ||
        (signIn === 'user' && account !== null && account === state.browserSignIn.pending)
      }
      readOnly={readOnly}
      removal={
        signIn === 'application' && stored === 'stored' ? (
          <RemoveCredentials
            action="Remove the client secret"
            title="Remove the client secret?"
            what="Leadferry forgets the secret on this computer; runs stop until one is entered again. It stays good in Microsoft Entra."
            onRemove={() => api.call.removeSecret('dynamicsClientSecret')}
          />
        ) : null
      }
      onSaved={() => setEdits({})}
    >
      {!readOnly && (
        <Field label="Sign in">
          <RadioGroup
            layout="horizontal"
            value={signIn}
            onChange={(_event, { value }) => {
              const chosen = ways.find(([way]) => way === value)?.[0];
              if (chosen !== undefined) edit({ signIn: chosen });
            }}
          >
            {ways.map(([way, label]) => (
              <Radio key={way} value={way} label={label} />
            ))}
          </RadioGroup>
        </Field>
      )}
      {!readOnly && (signIn === 'user' ? <UserRegistrationGuide /> : <ApplicationRegistrationGuide />)}
      <FieldGrid>
        <Field
          label={connectionLabels['dynamics.clientId']}
          required
          {...(clientId !== '' &&
            !guid.test(clientId) && { validationState: 'warning' as const, validationMessage: `It looks like ${emptyClientId}.` })}
        >
          <Input
            value={clientId}
            readOnly={readOnly}
            placeholder={emptyClientId}
            onChange={(_event, { value }) => edit({ clientId: value.trim() })}
          />
        </Field>
        <Field label={connectionLabels['dynamics.tenantId']} required={signIn === 'application'}>
          <Input
            value={tenantId}
            readOnly={readOnly}
            placeholder={signIn === 'user' ? 'that of the account' : 'your-company.com or its id'}
            onChange={(_event, { value }) => edit({ tenantId: value.trim() })}
          />
        </Field>
      </FieldGrid>
      {signIn === 'user' && (
        <>
          <BrowserSignIn
            state={state.browserSignIn}
            request={request}
            onSignedIn={() => {
              if (request !== null) void environments.run(() => api.call.getEnvironments(request));
            }}
          />
          <FieldGrid>
            <EnvironmentField
              value={environmentUrl}
              found={account === null ? { kind: 'ready' } : environments.state}
              onOpen={() => {
                if (environments.state.kind === 'ready' || environments.state.kind === 'failed') list();
              }}
              onChange={(value) => edit({ environmentUrl: value.trim() })}
            />
            <CloudField value={cloud} onChange={(chosen) => edit({ cloud: chosen })} />
          </FieldGrid>
        </>
      )}
      {signIn === 'application' && (
        <FieldGrid>
          <Field label={connectionLabels['dynamics.environmentUrl']} required>
            <Input
              type="url"
              value={environmentUrl}
              readOnly={readOnly}
              placeholder="https://your-company.crm.dynamics.com"
              onChange={(_event, { value }) => edit({ environmentUrl: value.trim() })}
            />
          </Field>
          <SecretField
            label="Client secret"
            state={stored}
            readOnly={readOnly}
            value={clientSecret}
            onChange={(value) => edit({ clientSecret: value })}
          />
          {!readOnly && <SecretEndField value={fields.clientSecretEndsOn} onChange={(value) => edit({ clientSecretEndsOn: value })} />}
        </FieldGrid>
      )}
    </ConnectionForm>
  );
}
