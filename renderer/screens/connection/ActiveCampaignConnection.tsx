import { Field, Input, Link, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import type { AppState } from '../../../shared/app-state.ts';
import { ConnectionForm } from './ConnectionForm.tsx';
import { SecretField } from './SecretField.tsx';

const useStyles = makeStyles({ link: { whiteSpace: 'nowrap' } });

interface Edits {
  readonly apiUrl?: string;
  readonly key?: string;
}

export function ActiveCampaignConnection({ state }: { readonly state: AppState }) {
  const styles = useStyles();
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
          In ActiveCampaign, open Settings and then Developer: the page shows the URL and the key.{' '}
          <Link
            className={styles.link}
            inline
            href="https://help.activecampaign.com/hc/en-us/articles/207317590-Getting-started-with-the-API"
            target="_blank"
            rel="noreferrer"
          >
            Where to find them
          </Link>
        </>
      }
      draft={{ service: 'activeCampaign', apiUrl: apiUrl.trim(), key: key === '' ? null : key.trim() }}
      complete={apiUrl.trim() !== '' && (key.trim() !== '' || stored === 'stored')}
      secret={{ name: 'activeCampaignKey', state: stored, word: 'key' }}
      changed={Object.keys(edits).length > 0}
      readOnly={readOnly}
      onSaved={() => setEdits({})}
    >
      <Field label="API URL" required>
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
    </ConnectionForm>
  );
}
