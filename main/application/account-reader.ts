import type { Entity } from '../../shared/entity.ts';
import type { Settings } from '../../shared/settings.ts';
import { type ActiveCampaignClientOptions, createActiveCampaignClient } from '../connections/activecampaign/client.ts';
import type { ActiveCampaignClient, ContactList, CustomField } from '../connections/activecampaign/types.ts';
import { createDynamicsClient, type DynamicsClientOptions } from '../connections/dynamics/client.ts';
import type { DynamicsClient, SavedView, TableDefinition } from '../connections/dynamics/types.ts';
import { ServiceError } from '../connections/errors.ts';
import { briefRetry } from '../connections/http/retry.ts';
import type { Clock } from '../ports/clock.ts';
import { type Connector, storedCredentials } from '../services/connector.ts';

/** What both accounts have to choose from for one entity. */
export interface AccountContents {
  /** Null in an environment without the table. */
  readonly table: TableDefinition | null;
  /** Null where the signed-in user may not list them. */
  readonly views: readonly SavedView[] | null;
  readonly fields: readonly CustomField[];
  readonly lists: readonly ContactList[];
}

/**
 * Reads from both services for somebody in front of the screen: with few retries, and remembering what rarely changes, since a screen asks
 * with every change of a condition. Every method throws ServiceError.
 */
export interface AccountReader {
  /** As both services say it now; remembered for `contents`. */
  readContents(entity: Entity): Promise<AccountContents>;
  /** As last read, where that is not long ago. */
  contents(entity: Entity): Promise<AccountContents>;
  /** @param signal ends its requests and waits. */
  dynamics(signal?: AbortSignal): Promise<DynamicsClient>;
  activeCampaign(): Promise<ActiveCampaignClient>;
  /** To be called when a secret was changed. */
  forget(): void;
}

interface Session {
  /** Of the addresses that it belongs to. */
  readonly key: string;
  readonly dynamics: Promise<DynamicsClientOptions>;
  readonly activeCampaign: Promise<ActiveCampaignClientOptions>;
  readonly contents: Map<Entity, { readonly readAt: number; readonly value: Promise<AccountContents> }>;
}

const freshForMs = 10 * 60_000;
const uncounted = () => undefined;

export function createAccountReader(connector: Connector, settings: () => Settings, clock: Pick<Clock, 'monotonic'>): AccountReader {
  let session: Session | null = null;

  /** Signing in again for every question would cost a request each time. */
  const open = (): Session => {
    const { activeCampaign, dynamics } = settings();
    const key = JSON.stringify([activeCampaign, dynamics]);
    if (session?.key === key) return session;
    const opened: Session = {
      key,
      dynamics: connector.dynamicsOptions(dynamics, storedCredentials, uncounted),
      activeCampaign: connector.activeCampaignOptions(activeCampaign.apiUrl, null, uncounted),
      contents: new Map(),
    };
    session = opened;
    // What could not be opened is tried anew by the next question.
    for (const options of [opened.dynamics, opened.activeCampaign]) options.catch(() => forgetSession(opened));
    return opened;
  };
  const forgetSession = (failed: Session) => {
    if (session === failed) session = null;
  };

  const reader: AccountReader = {
    readContents: (entity) => {
      const opened = open();
      const value = readContents(reader, entity);
      opened.contents.set(entity, { readAt: clock.monotonic(), value });
      // Whoever signs in again, or unlocks the keychain, is asked anew.
      value.catch(() => forgetSession(opened));
      return value;
    },
    contents: (entity) => {
      const known = open().contents.get(entity);
      return known !== undefined && clock.monotonic() - known.readAt < freshForMs ? known.value : reader.readContents(entity);
    },
    dynamics: async (signal) => {
      const options = await open().dynamics;
      const ends = signal === undefined ? options.signal : AbortSignal.any([options.signal, signal]);
      return createDynamicsClient({ ...options, signal: ends, retry: briefRetry });
    },
    activeCampaign: async () => createActiveCampaignClient({ ...(await open().activeCampaign), retry: briefRetry }),
    forget: () => {
      session = null;
    },
  };
  return reader;
}

async function readContents(reader: AccountReader, entity: Entity): Promise<AccountContents> {
  const [dynamics, activeCampaign] = await Promise.all([reader.dynamics(), reader.activeCampaign()]);
  const [table, views, fields, lists] = await Promise.all([
    dynamics.table(entity).catch(nullFor(['not-available'])),
    dynamics.views(entity).catch(nullFor(['no-right', 'not-available'])),
    activeCampaign.fields(),
    activeCampaign.lists(),
  ]);
  return { table, views, fields, lists };
}

const nullFor =
  (codes: readonly ServiceError['code'][]) =>
  (error: unknown): null => {
    if (error instanceof ServiceError && codes.includes(error.code)) return null;
    throw error;
  };
