import { Badge, Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect, useState } from 'react';
import type { ConnectionCheck, ConnectionDraft } from '../../../shared/connection.ts';
import { useApi, useNoteUnsaved } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';
import { Checklist } from './Checklist.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px' },
  actions: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '32px' },
  saved: { color: tokens.colorNeutralForeground2, marginLeft: '4px' },
  remove: { marginLeft: 'auto' },
});

interface ConnectionFormProps {
  readonly title: string;
  readonly lead: ReactNode;
  readonly draft: ConnectionDraft;
  /** Everything that is needed was entered or is stored. */
  readonly complete: boolean;
  readonly changed: boolean;
  readonly readOnly: boolean;
  /** Removes what is stored; null where nothing is. */
  readonly removal: ReactNode;
  readonly onSaved: () => void;
  readonly children: ReactNode;
}

/** The form of one service: its fields, a test that proves the connection line by line, and saving. */
export function ConnectionForm({ title, lead, draft, complete, changed, readOnly, removal, onSaved, children }: ConnectionFormProps) {
  const styles = useStyles();
  const api = useApi();
  useNoteUnsaved(draft.service, 'connection', changed);
  const test = useAction<ConnectionCheck[]>();
  const save = useAction();
  // What was proved of other values would be read as said of those that are saved.
  const [tested, setTested] = useState('');
  const testing = test.state.kind === 'pending';
  const progress = useCheckProgress(draft.service);
  const checks = testing ? progress : test.state.kind === 'done' ? test.state.value : [];
  const failure = [test, save].map(({ state }) => (state.kind === 'failed' ? state.error : null)).find((error) => error !== null);

  return (
    <Section title={title} lead={lead} aside={<StoredBadge complete={complete} changed={changed} />}>
      <form
        className={styles.form}
        // A secret that is stored need not be entered again, which the browser's own check would ask for.
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (tested !== JSON.stringify(draft)) test.reset();
          void save
            .run(() => api.call.saveConnection(draft))
            .then((saved) => {
              if (saved) onSaved();
            });
        }}
      >
        {children}
        <div className={styles.actions}>
          {!readOnly && (
            <Button appearance="primary" type="submit" disabled={!complete || !changed || save.state.kind === 'pending'}>
              Save
            </Button>
          )}
          <Button
            disabled={!complete || testing}
            onClick={() => {
              save.reset();
              setTested(JSON.stringify(draft));
              void test.run(() => api.call.testConnection(draft));
            }}
          >
            Test connection
          </Button>
          {testing && <Spinner size="tiny" label="Testing" />}
          <Text role="status" className={styles.saved}>
            {save.state.kind === 'done' && !changed ? 'Saved' : ''}
          </Text>
          {!readOnly && removal !== null && <div className={styles.remove}>{removal}</div>}
        </div>
      </form>
      {failure !== undefined && <ErrorMessage error={failure} />}
      {checks.length > 0 && <Checklist checks={checks} running={testing} />}
    </Section>
  );
}

/** The lines of the test of one service, as they come. */
function useCheckProgress(service: ConnectionDraft['service']): readonly ConnectionCheck[] {
  const api = useApi();
  const [checks, setChecks] = useState<readonly ConnectionCheck[]>([]);
  useEffect(
    () =>
      api.on.checkProgress((progress) => {
        if (progress.service === service) setChecks(progress.checks);
      }),
    [api, service],
  );
  return checks;
}

function StoredBadge({ complete, changed }: { readonly complete: boolean; readonly changed: boolean }) {
  if (changed) {
    return (
      <Badge appearance="tint" size="large" color="warning">
        Not saved
      </Badge>
    );
  }
  return (
    <Badge appearance="tint" size="large" color={complete ? 'success' : 'informative'}>
      {complete ? 'Set up' : 'Not set up'}
    </Badge>
  );
}
