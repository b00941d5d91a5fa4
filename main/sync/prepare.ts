import { z } from 'zod';
import { type Entity, entities } from '../../shared/entity.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ActiveCampaignClient, Automation } from '../connections/activecampaign/types.ts';
import type { Column, DynamicsClient, TableDefinition } from '../connections/dynamics/types.ts';
import type { Log } from '../log/log.ts';
import type { Random } from '../ports/random.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { chosenAutomations } from './automations/chosen.ts';
import { CriteriaError, compileConditions } from './criteria/compile.ts';
import { type Entrance, judged, type MeetsCriteria, openEntrance } from './entrance.ts';
import { keepLeftOut, type LeftOut, listKey } from './left-out.ts';
import { compileFieldMap, type FieldMap } from './mapping/field-map.ts';
import { describeMapped, type Metadata, readMetadata } from './metadata.ts';
import { committedCursors } from './plan/commit.ts';
import type { CreationRules, PlanRules } from './plan/rules.ts';
import type { TagIds } from './read/observe.ts';
import { fingerprint, selectedColumns, selectedFields } from './read/selection.ts';
import { RunRefused } from './run-refused.ts';
import { ensureTags } from './tags.ts';
import { keepTimeZone } from './time-zone.ts';
import { readViewMembers } from './view-members.ts';

export interface Connections {
  readonly activeCampaign: ActiveCampaignClient;
  readonly dynamics: DynamicsClient;
}

/** Everything about one run that the settings and the metadata decide together. */
export interface Prepared {
  readonly rules: PlanRules;
  readonly tagIds: TagIds;
  /** Names of the ActiveCampaign fields that are read. */
  readonly fields: readonly string[];
  readonly columns: Readonly<Record<Entity, readonly string[]>>;
  readonly maps: Readonly<Record<Entity, FieldMap>>;
  /** Tells types and options of the mapped fields from other ones. */
  readonly mapped: string;
  readonly tables: Readonly<Record<Entity, TableDefinition | null>>;
  readonly meetsCriteria: Readonly<Record<Entity, MeetsCriteria>>;
  readonly entrances: Readonly<Record<Entity, Entrance>>;
  /** Automations whose people are created, with what they are created as; and all that the account has. */
  readonly automations: { readonly chosen: ReadonlyMap<string, Entity>; readonly known: readonly Automation[] };
}

export interface PrepareOptions extends Connections {
  readonly store: SyncStore;
  readonly settings: Settings;
  readonly log: Log;
  readonly random: Random;
  readonly run: number;
  /** IANA name of this machine's zone. */
  readonly timeZone: string;
  readonly now: number;
}

/**
 * Proves that both services are the ones that this data belongs to, and compiles the settings.
 * @throws RunRefused for another organisation or account, or for criteria that cannot be judged.
 */
export async function prepare(options: PrepareOptions): Promise<Prepared> {
  const { store, settings, activeCampaign, dynamics, random } = options;
  await proveIdentity(options);
  const automations = chosenAutomations(settings);
  const metadata = await readMetadata(store, activeCampaign, dynamics, settings.dataConfiguration, options.now);
  const tagIds = await ensureTags(options);

  const maps = {} as Record<Entity, FieldMap>;
  const columns = {} as Record<Entity, readonly string[]>;
  const meetsCriteria = {} as Record<Entity, MeetsCriteria>;
  const entrances = {} as Record<Entity, Entrance>;
  const cursors = committedCursors(store);
  const timeZone = keepTimeZone(store, options.timeZone);
  const leftOut: LeftOut[] = [];
  for (const entity of entities) {
    const table = metadata.tables[entity];
    const configuration = settings.dataConfiguration[entity];
    if (table === null) {
      if (configuration.enabled)
        warn(options, 'table.missing', `The environment has no table of ${entity}s: they are left out of the sync`);
      maps[entity] = { entity, fields: [] };
      columns[entity] = [];
      meetsCriteria[entity] = () => false;
      entrances[entity] = judged;
      continue;
    }
    const compiled = compileFieldMap(table, configuration.mappings, metadata.fields, timeZone, store.lookupNames.name);
    for (const { key, path, message } of compiled.unusable) {
      warn(options, 'mapping.unusable', message, path);
      leftOut.push({ entity, key, message });
    }
    if (configuration.enabled && isGone(configuration.listId, metadata)) {
      const message = `the list ${configuration.listId}, which new ${entity}s join, is not in ActiveCampaign (any more)`;
      warn(options, 'list.missing', `${sentence(message)}: they come in without it`, `dataConfiguration.${entity}.listId`);
      leftOut.push({ entity, key: listKey(configuration.listId), message });
    }
    maps[entity] = compiled.map;
    const columnsByName = new Map(table.columns.map((column) => [column.name, column]));
    columns[entity] = selectedColumns(compiled.map, configuration, columnsByName);
    meetsCriteria[entity] = await compileCriteria(options, entity, columnsByName);
    entrances[entity] = openEntrance({
      store,
      entity,
      configuration,
      meets: meetsCriteria[entity],
      columnsAreKnown: cursors[entity]?.fingerprint === fingerprint(columns[entity]),
      now: options.now,
    });
  }
  keepLeftOut(store, leftOut);
  return {
    rules: {
      entities: {
        lead: rulesOf('lead', settings, maps, metadata),
        contact: rulesOf('contact', settings, maps, metadata),
      },
      globalSync: settings.syncSettings.globalSync,
      syncOptOut: settings.consent.syncOptOut,
      newId: () => random.uuid(),
    },
    tagIds,
    fields: selectedFields(entities.map((entity) => maps[entity])),
    columns,
    maps,
    mapped: describeMapped(metadata, settings.dataConfiguration),
    tables: metadata.tables,
    meetsCriteria,
    entrances,
    automations: { chosen: automations, known: metadata.automations },
  };
}

function rulesOf(
  entity: Entity,
  { dataConfiguration }: Settings,
  maps: Record<Entity, FieldMap>,
  metadata: Metadata,
): PlanRules['entities'][Entity] {
  const { enabled, direction, conflictWinner, listId } = dataConfiguration[entity];
  const table = metadata.tables[entity];
  return {
    enabled: enabled && table !== null,
    direction,
    conflictWinner,
    listId: isGone(listId, metadata) ? null : listId,
    map: maps[entity],
    creation: creationRules(entity, dataConfiguration, table),
  };
}

const isGone = (listId: string | null, { lists }: Metadata): listId is string =>
  listId !== null && lists !== null && !lists.includes(listId);

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Dataverse's own lengths, for a table whose metadata lacks the column. */
const standardLengths = { lastname: 50, subject: 300 } as const;

function creationRules(entity: Entity, { lead, contact }: Settings['dataConfiguration'], table: TableDefinition | null): CreationRules {
  const columns = table?.columns ?? [];
  const lengthOf = (name: keyof typeof standardLengths): number => {
    const type = columns.find((column) => column.name === name)?.type;
    return type?.kind === 'text' ? type.maxLength : standardLengths[name];
  };
  return {
    missingLastName: (entity === 'lead' ? lead : contact).missingLastName,
    lastNameLength: lengthOf('lastname'),
    topic: entity === 'lead' ? { template: lead.topicTemplate, length: lengthOf('subject') } : null,
    requiredColumns: columns.filter((column) => column.required === 'business' && column.creatable).map((column) => column.name),
  };
}

const identity = z.object({ organizationId: z.string(), account: z.string() });
const identityKey = 'identity';

/** Links belong to one organisation and one account; under another one they would join strangers. */
async function proveIdentity({ store, activeCampaign, dynamics }: PrepareOptions): Promise<void> {
  const known = readMeta(store.database, identityKey, identity);
  const [{ account }, { organizationId }] = await Promise.all([activeCampaign.whoAmI(), dynamics.whoAmI()]);
  if (known === undefined) {
    writeMeta(store.database, identityKey, { organizationId, account });
    return;
  }
  const advice = 'Connect the earlier one again, or start with an empty data directory for the new one. Nothing was written.';
  if (known.account !== account) {
    throw new RunRefused(
      'wrong-system',
      `This is the ActiveCampaign account "${account}"; the links here belong to "${known.account}".`,
      advice,
    );
  }
  if (known.organizationId !== organizationId) {
    throw new RunRefused(
      'wrong-system',
      `This is the Dynamics organisation ${organizationId}; the links here belong to ${known.organizationId}.`,
      advice,
    );
  }
}

async function compileCriteria(
  { settings, dynamics }: PrepareOptions,
  entity: Entity,
  columns: ReadonlyMap<string, Column>,
): Promise<MeetsCriteria> {
  const { criteria, enabled } = settings.dataConfiguration[entity];
  switch (criteria.match) {
    case 'all':
      return () => true;
    case 'conditions':
      try {
        return compileConditions(criteria, columns).matches;
      } catch (error) {
        if (!(error instanceof CriteriaError)) throw error;
        throw new RunRefused(
          'criteria-unusable',
          `dataConfiguration.${entity}.criteria.${error.path}: ${error.message}.`,
          'Correct the condition under Data Configuration or in config.json. Nothing was written.',
        );
      }
    case 'view': {
      if (!enabled) return () => false;
      const members = await readViewMembers(dynamics, entity, criteria);
      return (_, id) => members.has(id);
    }
  }
}

function warn({ log, run }: PrepareOptions, event: string, message: string, path?: string): void {
  log.write({ level: 'warn', event, run, message, ...(path !== undefined && { details: { path } }) });
}
