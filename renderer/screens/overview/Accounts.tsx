import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { AppState, SecretState } from '../../../shared/app-state.ts';
import { useOpenScreen } from '../../app/context.ts';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({
  list: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr) max-content', gap: '10px 20px', alignItems: 'center' },
  address: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

interface Account {
  readonly name: string;
  readonly address: string;
  readonly secret: SecretState;
}

/** Which two accounts are connected. */
export function Accounts({ state }: { readonly state: AppState }) {
  const styles = useStyles();
  const open = useOpenScreen();
  const { settings, secrets, offline } = state;
  const accounts: readonly Account[] = [
    { name: 'ActiveCampaign', address: settings.activeCampaign.apiUrl, secret: secrets.activeCampaignKey },
    {
      name: 'Dynamics 365',
      address: settings.dynamics.environmentUrl,
      secret: settings.dynamics.signIn === 'user' ? 'stored' : secrets.dynamicsClientSecret,
    },
  ];
  return (
    <Section title="Accounts" aside={<Button onClick={() => open('connection')}>Check the connection</Button>}>
      <div className={styles.list}>
        {accounts.map(({ name, address, secret }) => (
          <div key={name} style={{ display: 'contents' }}>
            <Text weight="semibold">{name}</Text>
            <Text className={styles.address}>{address.replace(/^https?:\/\//, '')}</Text>
            <Badge appearance="tint" color={secret === 'stored' && !offline ? 'success' : 'warning'}>
              {secret === 'unreadable' ? 'Keychain is locked' : offline ? 'Last run could not reach a service' : 'Connected'}
            </Badge>
          </div>
        ))}
      </div>
    </Section>
  );
}
