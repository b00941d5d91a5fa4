import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { AppState } from '../../../shared/app-state.ts';
import { connectionLabels } from '../../../shared/connection-labels.ts';
import { useApi } from '../../app/context.ts';
import { ConnectionForm } from './ConnectionForm.tsx';
import { FieldGrid } from './FieldGrid.tsx';
import { OutsideLink } from './RegistrationGuide.tsx';
import { RemoveCredentials } from './RemoveCredentials.tsx';
import { SecretField } from './SecretField.tsx';

interface Edits {
  readonly apiUrl?: string;
  readonly key?: string;
}

export function ActiveCampaignConnection({ state }: { readonly state: AppState }) {
  const api = useApi();
  const [edits, setEdits] = useState<Edits>({});
  const apiUrl = edits.apiUrl ?? state.settings.activeCampaign.apiUrl;
  const key = edits.key ?? '';
  const stored = state.secrets.activeCampaignKey;
  const readOnly = state.mode === 'sample';

  return (
    <ConnectionForm
      title="ActiveCampaign"
      lead={
        <>
          Sign in to ActiveCampaign and open <em>Settings</em> (the gear at the bottom left) <em>&gt; Developer</em>: “API Access” shows the
          URL and the key. The key may do what its user may.{' '}
          <OutsideLink href="https://help.activecampaign.com/hc/en-us/articles/207317590-Getting-started-with-the-API">
            Where to find them
          </OutsideLink>
        </>
      }
      draft={{ service: 'activeCampaign', apiUrl: apiUrl.trim(), key: key === '' ? null : key.trim() }}
      complete={apiUrl.trim() !== '' && (key.trim() !== '' || stored === 'stored')}
      changed={Object.keys(edits).length > 0}
      readOnly={readOnly}
      removal={
        stored === 'stored' ? (
          <RemoveCredentials
            action="Remove the key"
            title="Remove the API key?"
            what="Leadferry forgets the key on this computer; runs stop until one is entered again. It stays good in ActiveCampaign."
            onRemove={() => api.call.removeSecret('activeCampaignKey')}
          />
        ) : null
      }
      onSaved={() => setEdits({})}
    >
      <FieldGrid>
        <Field label={connectionLabels['activeCampaign.apiUrl']} required>
          <Input
            type="url"
            value={apiUrl}
            readOnly={readOnly}
            placeholder="https://your-account.api-us1.com"
            onChange={(_event, { value }) => setEdits({ ...edits, apiUrl: value })}
          />
        </Field>
        <SecretField
          label="API key"
          state={stored}
          readOnly={readOnly}
          value={key}
          onChange={(value) => setEdits({ ...edits, key: value })}
        />
      </FieldGrid>
    </ConnectionForm>
  );
}
