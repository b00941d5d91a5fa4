import { z } from 'zod';
import type { Entity } from './entity.ts';
import { twiceWritten } from './mapping-targets.ts';

/**
 * The settings file `config.json`. Every key has a default; unknown keys are refused.
 * Rules that span several keys (a tenant for application sign-in, two mappings with one target) are here too, so that there is one
 * place that decides whether a file can be used. The message of a rule says what is allowed, to stand after "allowed is".
 */

const guid = z.guid('a GUID such as "0c3d1ab4-3c0f-4c1b-9d36-5e5a3b1d2f40"');

const isGuid = (text: string): boolean => guid.safeParse(text).success;

/** Empty, as long as nothing is connected, or an address to which a key may be sent. */
const serviceAddress = (example: string) =>
  z.string().refine(isServiceAddress, `an address such as "${example}" (http:// only for this machine itself), or ""`);

function isServiceAddress(text: string): boolean {
  if (text.trim() === '') return true;
  const url = URL.parse(text.trim());
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** As the URL parser writes host names: it has normalised 0x7f.1 and the like. */
const isLoopback = (hostname: string): boolean => hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);

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
const columnName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'the logical name of a Dynamics column, such as "telephone1"');

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

export const criteriaSchema = z.discriminatedUnion('match', [
  z.strictObject({ match: z.literal('all') }),
  z.strictObject({ match: z.literal('view'), viewId: guid, viewType: z.enum(['system', 'personal']) }),
  z.strictObject({ match: z.literal('conditions'), join: z.enum(['and', 'or']).default('and'), conditions: z.array(condition).min(1) }),
]);
export type Criteria = z.infer<typeof criteriaSchema>;

const direction = z.enum(['both', 'toActiveCampaign', 'toDynamics']);
export type Direction = z.infer<typeof direction>;

const optionPair = z.strictObject({
  dynamics: z.union([z.int(), z.boolean()], 'the number of an option in Dynamics, or true or false for a column with two options'),
  activeCampaign: z.string().trim().min(1, 'the text of an option in ActiveCampaign'),
});

const optionPairs = z.array(optionPair).superRefine((pairs, context) => {
  pairs.forEach(({ dynamics }, index) => {
    const first = pairs.findIndex((other) => other.dynamics === dynamics);
    if (first === index) return;
    const message = `an option that is not paired twice (options[${first}] pairs it)`;
    context.addIssue({ code: 'custom', path: [index, 'dynamics'], message });
  });
});

const mapping = z.strictObject({
  dynamics: columnName.refine((name) => name !== 'emailaddress1', 'any other column: the e-mail is always mapped and not listed here'),
  activeCampaign: z
    .string()
    .regex(/^(firstName|lastName|phone|field:[1-9]\d*)$/, '"firstName", "lastName", "phone" or "field:<id>" of a custom field'),
  direction: direction.default('both'),
  /** Options that are not paired by their label. */
  options: optionPairs.exactOptional(),
});
export type Mapping = z.infer<typeof mapping>;

const mappings = z.array(mapping).superRefine((rows, context) => {
  for (const { index, first, side } of twiceWritten(rows)) {
    const what = side === 'dynamics' ? 'a column' : 'a field';
    context.addIssue({
      code: 'custom',
      path: [index, side],
      message: `${what} that no other mapping writes to (mappings[${first}] does)`,
    });
  }
});

const conflictWinner = z.enum(['dynamics', 'activeCampaign', 'newest', 'ask']);
export type ConflictWinner = z.infer<typeof conflictWinner>;

const personMappings: Mapping[] = [
  { dynamics: 'firstname', activeCampaign: 'firstName', direction: 'both' },
  { dynamics: 'lastname', activeCampaign: 'lastName', direction: 'both' },
  { dynamics: 'telephone1', activeCampaign: 'phone', direction: 'both' },
];

const listIdRule = 'the id of an ActiveCampaign list in quotes, such as "3", or null';

const automationIdRule = 'the id of an ActiveCampaign automation in quotes, such as "12"';

const entityConfiguration = z.strictObject({
  enabled: z.boolean().default(true),
  direction: direction.default('both'),
  criteria: criteriaSchema.default({ match: 'all' }),
  listId: z
    .string(listIdRule)
    .regex(/^[1-9]\d*$/, listIdRule)
    .nullable()
    .default(null),
  conflictWinner: conflictWinner.default('dynamics'),
  mappings: mappings.default(personMappings),
  /** What a person without a last name, which Dynamics finds a row by, is created under: the part of the e-mail before the `@`, or not at all. */
  missingLastName: z.enum(['useEmail', 'hold']).default('useEmail'),
  /** ActiveCampaign automations: whoever enters one of them from now on is created in Dynamics. */
  createFromAutomations: z.array(z.string(automationIdRule).regex(/^[1-9]\d*$/, automationIdRule)).default([]),
});

/** A lead has a topic as well: `{name}` stands for first and last name, or for the e-mail where there is none. */
const leadConfiguration = entityConfiguration.extend({
  topicTemplate: z.string().min(1).max(200).default('ActiveCampaign: {name}'),
});

export type EntityConfiguration = z.infer<typeof entityConfiguration>;
export type LeadConfiguration = z.infer<typeof leadConfiguration>;

export const jobFrequencies = ['1h', '2h', '4h', '6h', '8h', '12h', 'daily'] as const;
export type JobFrequency = (typeof jobFrequencies)[number];

const percentRule = 'a number from 0 to 100';
const percent = z.number(percentRule).min(0, percentRule).max(100, percentRule);

const keepRunsDaysRule = 'a whole number from 1 to 3650';
const timeOfDayRule = 'a local time of day from "00:00" to "23:59"';
const minimumRecordsRule = 'a whole number from 0 on';

const secretEndRule = 'the day on which the client secret ends, such as "2027-03-01", or null';

const tenantRule = 'a GUID or a domain such as "contoso.onmicrosoft.com" where "signIn" is "application"';

const dynamics = z
  .strictObject({
    environmentUrl: serviceAddress('https://acme.crm.dynamics.com').default(''),
    signIn: z.enum(['user', 'application']).default('user'),
    /** `organizations` and the like let the person choose at sign-in; an application has nobody who could. */
    tenantId: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'a GUID, a domain such as "contoso.onmicrosoft.com", or "organizations"')
      .default('organizations'),
    clientId: z
      .string()
      .refine((text) => text === '' || isGuid(text), 'the GUID of the app registration, or ""')
      .default(''),
    /** As an admin has entered it: Microsoft Entra tells it only to those who may read the directory. */
    clientSecretEndsOn: z
      .string(secretEndRule)
      .refine((text) => z.iso.date().safeParse(text).success, secretEndRule)
      .nullable()
      .default(null),
  })
  .superRefine(({ signIn, tenantId }, context) => {
    if (signIn === 'user' || tenantId.includes('.') || isGuid(tenantId)) return;
    context.addIssue({ code: 'custom', path: ['tenantId'], message: tenantRule });
  });

/** Which messages are shown outside the window, where `notifications` allows any. */
const notifyAbout = z.strictObject({
  /** A run failed, or more people do not sync than before. */
  attention: z.boolean().default(true),
  /** A guard holds a run. */
  heldRun: z.boolean().default(true),
  /** A service does not accept the credentials any more. */
  signIn: z.boolean().default(true),
  /** A run went through after one that had not. */
  backToNormal: z.boolean().default(true),
});
export type NotificationKind = keyof z.infer<typeof notifyAbout>;

export const settingsSchema = z.strictObject({
  version: z.literal(1).default(1),
  activeCampaign: z.strictObject({ apiUrl: serviceAddress('https://acme.api-us1.com').default('') }).prefault({}),
  dynamics: dynamics.prefault({}),
  dataConfiguration: z
    .strictObject({
      lead: leadConfiguration.prefault({}),
      contact: entityConfiguration.prefault({}),
    } satisfies Record<Entity, unknown>)
    .prefault({}),
  syncSettings: z
    .strictObject({
      globalSync: z.boolean().default(true),
      jobFrequency: z.enum(jobFrequencies).default('1h'),
      dailyAt: z
        .string(timeOfDayRule)
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, timeOfDayRule)
        .default('06:00'),
      /** Whether automations that are triggered by tags or lists start for people who come in by a bulk import. */
      importsStartAutomations: z.boolean().default(true),
    })
    .prefault({}),
  consent: z.strictObject({ syncOptOut: z.boolean().default(true) }).prefault({}),
  safety: z
    .strictObject({
      maxUpdatesPercent: percent.default(50),
      maxBlankedPercent: percent.default(10),
      maxOptOutsPercent: percent.default(10),
      maxVanishedPercent: percent.default(10),
      minimumRecords: z.int(minimumRecordsRule).min(0, minimumRecordsRule).default(50),
    })
    .prefault({}),
  general: z
    .strictObject({
      launchAtLogin: z.boolean().default(true),
      closeToTray: z.boolean().default(true),
      notifications: z.boolean().default(true),
      notifyAbout: notifyAbout.prefault({}),
      keepRunsDays: z.int(keepRunsDaysRule).min(1, keepRunsDaysRule).max(3650, keepRunsDaysRule).default(90),
    })
    .prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;
export const defaultSettings: Settings = settingsSchema.parse({});
