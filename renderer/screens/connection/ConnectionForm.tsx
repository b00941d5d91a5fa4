import { Badge, Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { SecretName, SecretState } from '../../../shared/app-state.ts';
import type { ConnectionCheck, ConnectionDraft } from '../../../shared/connection.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';
import { Checklist } from './Checklist.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px' },
  fields: { display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: '12px 20px', alignItems: 'start' },
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
  readonly secret: { readonly name: SecretName; readonly state: SecretState; readonly word: string };
  readonly changed: boolean;
  readonly readOnly: boolean;
  readonly onSaved: () => void;
  readonly children: ReactNode;
}

/** The form of one service: its fields, a test that proves the connection line by line, and saving. */
export function ConnectionForm({ title, lead, draft, complete, secret, changed, readOnly, onSaved, children }: ConnectionFormProps) {
  const styles = useStyles();
  const api = useApi();
  const test = useAction<ConnectionCheck[]>();
  const save = useAction();
  const remove = useAction();
  const failure = [test, save, remove].map(({ state }) => (state.kind === 'failed' ? state.error : null)).find((error) => error !== null);

  return (
    <Section title={title} lead={lead} aside={<StoredBadge complete={complete} changed={changed} />}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save
            .run(() => api.call.saveConnection(draft))
            .then((saved) => {
              if (saved) onSaved();
            });
        }}
      >
        <div className={styles.fields}>{children}</div>
        <div className={styles.actions}>
          {!readOnly && (
            <Button appearance="primary" type="submit" disabled={!complete || !changed || save.state.kind === 'pending'}>
              Save
            </Button>
          )}
          <Button
            disabled={!complete || test.state.kind === 'pending'}
            onClick={() => {
              save.reset();
              void test.run(() => api.call.testConnection(draft));
            }}
          >
            Test connection
          </Button>
          {test.state.kind === 'pending' && <Spinner size="tiny" label="Testing" />}
          <Text role="status" className={styles.saved}>
            {save.state.kind === 'done' && !changed ? 'Saved' : ''}
          </Text>
          {!readOnly && secret.state === 'stored' && (
            <Button
              className={styles.remove}
              appearance="subtle"
              disabled={remove.state.kind === 'pending'}
              onClick={() => void remove.run(() => api.call.removeSecret(secret.name))}
            >
              Remove the {secret.word}
            </Button>
          )}
        </div>
      </form>
      {failure !== undefined && <ErrorMessage error={failure} />}
      {test.state.kind === 'done' && <Checklist checks={test.state.value} />}
    </Section>
  );
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
