import { z } from 'zod';
import { entities } from './entity.ts';

/**
 * The settings file `config.json` (contracts, section 2). Every key has a default; unknown keys are refused.
 * Rules that span several keys (https outside loopback, a tenant for application sign-in) are here too, so that there is one
 * place that decides whether a file can be used.
 */

const guid = z.guid();

export const conditionOperators = [
  'equals',
  'notEquals',
  'contains',
  'startsWith',
  'endsWith',
  'greaterThan',
  'lessThan',
  'onOrAfter',
  'onOrBefore',
  'isEmpty',
  'isNotEmpty',
  'isAnyOf',
] as const;
export type ConditionOperator = (typeof conditionOperators)[number];

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const columnName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'the logical name of a Dynamics column, such as "emailaddress1"');

const condition = z.discriminatedUnion('operator', [
  z.strictObject({ field: columnName, operator: z.enum(['isEmpty', 'isNotEmpty']) }),
  z.strictObject({ field: columnName, operator: z.literal('isAnyOf'), value: z.array(scalar).min(1) }),
  z.strictObject({ field: columnName, operator: z.enum(['contains', 'startsWith', 'endsWith']), value: z.string().min(1) }),
  z.strictObject({
    field: columnName,
    operator: z.enum(['equals', 'notEquals', 'greaterThan', 'lessThan', 'onOrAfter', 'onOrBefore']),
    value: scalar,
  }),
]);
export type Condition = z.infer<typeof condition>;

const criteria = z.discriminatedUnion('match', [
  z.strictObject({ match: z.literal('all') }),
  z.strictObject({ match: z.literal('view'), viewId: guid, viewType: z.enum(['system', 'personal']) }),
  z.strictObject({ match: z.literal('conditions'), join: z.enum(['and', 'or']).default('and'), conditions: z.array(condition).min(1) }),
]);
export type Criteria = z.infer<typeof criteria>;

const direction = z.enum(['both', 'toActiveCampaign', 'toDynamics']);
export type Direction = z.infer<typeof direction>;

const mapping = z.strictObject({
  dynamics: columnName,
  activeCampaign: z
    .string()
    .regex(/^(firstName|lastName|phone|field:[1-9]\d*)$/, '"firstName", "lastName", "phone" or "field:<numeric id>" of a custom field'),
  direction: direction.default('both'),
});
export type Mapping = z.infer<typeof mapping>;

const conflictWinner = z.enum(['dynamics', 'activeCampaign', 'newest', 'ask']);
export type ConflictWinner = z.infer<typeof conflictWinner>;

const personMappings: z.infer<typeof mapping>[] = [
  { dynamics: 'firstname', activeCampaign: 'firstName', direction: 'both' },
  { dynamics: 'lastname', activeCampaign: 'lastName', direction: 'both' },
  { dynamics: 'telephone1', activeCampaign: 'phone', direction: 'both' },
];

const entityConfiguration = z.strictObject({
  enabled: z.boolean().default(true),
  direction: direction.default('both'),
  criteria: criteria.default({ match: 'all' }),
  listId: z
    .string()
    .regex(/^[1-9]\d*$/, 'the numeric id of an ActiveCampaign list, such as "3", or null')
    .nullable()
    .default(null),
  conflictWinner: conflictWinner.default('dynamics'),
  mappings: z.array(mapping).default(personMappings),
});
export type EntityConfiguration = z.infer<typeof entityConfiguration>;

export const jobFrequencies = ['1h', '2h', '4h', '6h', '8h', '12h', 'daily'] as const;
export type JobFrequency = (typeof jobFrequencies)[number];

const percent = z.number().min(0).max(100);

export const settingsSchema = z.strictObject({
  version: z.literal(1).default(1),
  activeCampaign: z.strictObject({ apiUrl: z.string().default('') }).prefault({}),
  dynamics: z
    .strictObject({
      environmentUrl: z.string().default(''),
      signIn: z.enum(['user', 'application']).default('user'),
      tenantId: z.string().min(1).default('organizations'),
      clientId: z.string().default(''),
    })
    .prefault({}),
  dataConfiguration: z
    .strictObject(
      Object.fromEntries(entities.map((entity) => [entity, entityConfiguration.prefault({})])) as Record<
        (typeof entities)[number],
        z.ZodPrefault<typeof entityConfiguration>
      >,
    )
    .prefault({}),
  syncSettings: z
    .strictObject({
      globalSync: z.boolean().default(true),
      jobFrequency: z.enum(jobFrequencies).default('1h'),
      dailyAt: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a local time of day such as "06:00"')
        .default('06:00'),
    })
    .prefault({}),
  consent: z.strictObject({ syncOptOut: z.boolean().default(true) }).prefault({}),
  safety: z
    .strictObject({
      maxUpdatesPercent: percent.default(50),
      maxBlankedPercent: percent.default(10),
      maxOptOutsPercent: percent.default(10),
      maxVanishedPercent: percent.default(10),
      minimumRecords: z.int().min(0).default(50),
    })
    .prefault({}),
  general: z
    .strictObject({
      launchAtLogin: z.boolean().default(true),
      closeToTray: z.boolean().default(true),
      notifications: z.boolean().default(true),
      keepRunsDays: z.int().min(1).max(3650).default(90),
    })
    .prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;
export const defaultSettings: Settings = settingsSchema.parse({});
