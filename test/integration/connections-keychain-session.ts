import { execFileSync } from 'node:child_process';
import { createKeytarSecretStore } from '../../main/connections/secrets/keytar-secret-store.ts';
import { createMemorySecretMarkers } from '../../main/connections/secrets/memory-secret-store.ts';
import { systemClock } from '../../main/ports/clock.ts';

/**
 * Runs inside a D-Bus session of its own: goes once through the life of a secret and prints what the store answered. With
 * `lock` it then locks the keyring under a stored secret, and asks for that one and for one that was never stored.
 */

const markers = createMemorySecretMarkers();
const store = createKeytarSecretStore({ service: 'Leadferry test', markers, clock: systemClock });
const answers = [
  await store.get('activecampaign-key'),
  await store.set('activecampaign-key', 'käy ✓'),
  await store.get('activecampaign-key'),
  await store.set('activecampaign-key', 'another'),
  await store.get('activecampaign-key'),
  await store.delete('activecampaign-key'),
  await store.get('activecampaign-key'),
  await store.delete('activecampaign-key'),
];

if (process.argv[2] === 'lock') {
  await store.set('activecampaign-key', 'locked away');
  const lock = 'org.freedesktop.Secret.Service.Lock';
  const login = 'array:objpath:/org/freedesktop/secrets/collection/login';
  execFileSync('dbus-send', ['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets', lock, login]);
  answers.push(await store.get('activecampaign-key'), await store.get('vault-key'));
}
console.log(JSON.stringify(answers));
process.exit(0);
