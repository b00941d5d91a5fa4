import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EngineUnderTest, type EngineUnderTestOptions, openEngine } from '../support/engine-under-test.ts';
import { impatientClock } from '../support/impatient-clock.ts';

/**
 * Two small accounts on loopback, and the engine on the data directory that an app is then started on: what its earlier runs have left there
 * is what the window shows.
 */
export interface ConnectedOffice extends EngineUnderTest {
  /** For `launch`: the app finds its secrets here, as it would in a keychain. */
  readonly env: Readonly<Record<string, string>>;
}

/** The app runs on the time of this machine, and forgets runs that are too old. */
const beganMs = 6 * 60 * 60 * 1000;

export async function openConnectedOffice(userData: string, options: EngineUnderTestOptions = {}): Promise<ConnectedOffice> {
  const engine = await openEngine({ ...options, directory: userData, clock: impatientClock(new Date(Date.now() - beganMs).toISOString()) });
  const { configure } = engine;
  const write = () => writeFileSync(join(userData, 'config.json'), JSON.stringify(engine.settings()));
  write();
  return Object.assign(engine, {
    // The app is to start with what the engine ran with last.
    configure: (change: Parameters<typeof configure>[0]) => {
      configure(change);
      write();
    },
    env: {
      LEADFERRY_ACTIVECAMPAIGN_KEY: engine.secrets['activecampaign-key'] ?? '',
      LEADFERRY_DYNAMICS_CLIENT_SECRET: engine.secrets['dynamics-client-secret'] ?? '',
      LEADFERRY_ENTRA_URL: engine.entraUrl,
    },
  });
}
