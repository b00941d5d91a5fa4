import { createKeytarSecretStore } from '../../main/connections/secrets/keytar-secret-store.ts';
import { createMemorySecretMarkers } from '../../main/connections/secrets/memory-secret-store.ts';
import { systemClock } from '../../main/ports/clock.ts';

/** Runs inside a D-Bus session of its own: goes once through the life of a secret and prints what the store answered. */

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
console.log(JSON.stringify(answers));
process.exit(0);
