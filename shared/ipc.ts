import { z } from 'zod';
import { appStateSchema, secretNames, settingsProblemSchema } from './app-state.ts';
import { automationsSchema } from './automation.ts';
import { changeCountsSchema, changeQuestionSchema } from './change-counts.ts';
import { checkProgressSchema, connectionCheckSchema, connectionDraftSchema, environmentSchema, signInRequestSchema } from './connection.ts';
import { criteriaPreviewSchema, criteriaQuestionSchema } from './criteria-preview.ts';
import { entities } from './entity.ts';
import { fieldChoicesSchema } from './field-choices.ts';
import { examplesQuestionSchema, fieldExamplesSchema } from './field-examples.ts';
import { newOptionsSchema } from './field-options.ts';
import { heldPlanViewSchema } from './held-plan.ts';
import { logExportSchema, logLineSchema, logQuerySchema } from './log-line.ts';
import { candidateDetailsSchema, matchChoiceSchema, matchViewSchema, wrongTagsSchema } from './match.ts';
import { newcomersAnswerSchema } from './newcomer.ts';
import { overviewSchema } from './overview.ts';
import {
  conflictDecisionSchema,
  peoplePageSchema,
  peopleQuerySchema,
  personRequestSchema,
  personRowSchema,
  personViewSchema,
  strangersRequestSchema,
} from './people.ts';
import { previewSchema } from './preview.ts';
import { screenNames } from './screens.ts';
import { settingsSchema } from './settings.ts';

/**
 * Everything that the window and the main process say to each other. Types, the preload API, the host's registration and the test
 * doubles are derived from the one value `ipc`. Secrets are in requests only, never in an answer or an event.
 */

const nothing = z.undefined();
const done = z.void();

type WithoutDefault<Field> = Field extends z.ZodDefault<infer Inner> | z.ZodPrefault<infer Inner> ? Inner : Field;

/**
 * Some keys of a section. Only what was changed is sent, so that nothing which changed elsewhere meanwhile is put back; and no default
 * stands in for a key that is absent.
 */
function changesOf<Shape extends z.ZodRawShape>(section: { unwrap(): z.ZodObject<Shape> }) {
  const fields = Object.entries(section.unwrap().shape).map(([name, field]) => [
    name,
    field instanceof z.ZodDefault || field instanceof z.ZodPrefault ? field.unwrap() : field,
  ]);
  return z.strictObject(Object.fromEntries(fields) as { [Name in keyof Shape]: WithoutDefault<Shape[Name]> }).partial();
}

const { activeCampaign, dynamics, dataConfiguration, syncSettings, consent, safety, general } = settingsSchema.shape;
const settingsUpdateSchema = z
  .strictObject({
    activeCampaign: changesOf(activeCampaign),
    dynamics: changesOf(dynamics),
    dataConfiguration: changesOf(dataConfiguration),
    syncSettings: changesOf(syncSettings),
    consent: changesOf(consent),
    safety: changesOf(safety),
    general: changesOf(general),
  })
  .partial();

const pageErrorSchema = z.strictObject({ screen: z.enum(screenNames), message: z.string().max(2_000), stack: z.string().max(10_000) });

export const ipc = {
  /** From the window to the main process; each is answered with a value or an `IpcError`. */
  calls: {
    getState: { request: nothing, answer: appStateSchema },
    updateSettings: { request: settingsUpdateSchema, answer: done },
    testConnection: { request: connectionDraftSchema, answer: z.array(connectionCheckSchema) },
    saveConnection: { request: connectionDraftSchema, answer: done },
    removeSecret: { request: z.enum(secretNames), answer: done },
    /** Asks the keychain once more what it hands out. */
    lookAtKeychain: { request: nothing, answer: done },
    /** Opens the sign-in page in the browser of the system and waits for the person; the state tells who has signed in. */
    signIn: { request: signInRequestSchema, answer: z.enum(['signedIn', 'cancelled']) },
    cancelSignIn: { request: nothing, answer: done },
    /** Opens the page that is waited for once more. */
    openSignInPage: { request: nothing, answer: done },
    signOut: { request: nothing, answer: done },
    /** Those of the account that has signed in with this. */
    getEnvironments: { request: signInRequestSchema, answer: z.array(environmentSchema) },
    getFieldChoices: { request: z.enum(entities), answer: fieldChoicesSchema },
    /** A change of the ActiveCampaign account, made on request; answers the options that the field has then. */
    createFieldOptions: { request: newOptionsSchema, answer: z.array(z.string()) },
    /** Asks Dynamics who meets the criteria; a newer question ends the one before with `changed-meanwhile`. */
    previewCriteria: { request: criteriaQuestionSchema, answer: criteriaPreviewSchema },
    getFieldExamples: { request: examplesQuestionSchema, answer: fieldExamplesSchema },
    /** Whom a change would concern; a newer question ends the one before with `changed-meanwhile`. */
    getChangeCounts: { request: changeQuestionSchema, answer: changeCountsSchema },
    /** Lets runs begin by themselves from now on. */
    start: { request: nothing, answer: done },
    getAutomations: { request: nothing, answer: automationsSchema },
    getOverview: { request: nothing, answer: overviewSchema },
    getPeople: { request: peopleQuerySchema, answer: peoplePageSchema },
    /** Who is known under an address and is neither linked nor held. */
    getStrangers: { request: strangersRequestSchema, answer: z.array(personRowSchema) },
    getPerson: { request: personRequestSchema, answer: personViewSchema },
    /** Plans the person again at the next run. */
    tryAgain: { request: personRequestSchema, answer: done },
    /** Whether rows that a change of the settings lets in come in at the next run, or stay out. */
    answerNewcomers: { request: newcomersAnswerSchema, answer: done },
    /** Tells of the person no more, and tries no more, until something changes. */
    dismiss: { request: personRequestSchema, answer: done },
    decideConflict: { request: conflictDecisionSchema, answer: done },
    /** Null where it was ended before it was there; the state tells how far it is. */
    previewNextRun: { request: nothing, answer: previewSchema.nullable() },
    endPreview: { request: nothing, answer: done },
    /** The question whom somebody is in Dynamics; null where there is none. */
    getMatch: { request: personRequestSchema, answer: matchViewSchema.nullable() },
    /** What Dynamics says now about those who could be meant. */
    getCandidateDetails: { request: personRequestSchema, answer: candidateDetailsSchema },
    chooseMatch: { request: matchChoiceSchema, answer: done },
    getWrongTags: { request: nothing, answer: wrongTagsSchema },
    /** Everybody who is held for the tags of the misprint gets the right ones at the next run; answers how many. */
    repairTags: { request: nothing, answer: z.int() },
    /** Null where no plan is held. */
    getHeldPlan: { request: nothing, answer: heldPlanViewSchema.nullable() },
    /** The number of the run that made the plan, so that nobody answers for another plan than the one that was looked at. */
    releaseHeldPlan: { request: z.int(), answer: done },
    dropHeldPlan: { request: z.int(), answer: done },
    getLogLines: { request: logQuerySchema, answer: z.array(logLineSchema) },
    /** Asks where to save the lines that match, and answers the path; null where the person thought better of it. */
    exportLog: { request: logExportSchema, answer: z.string().nullable() },
    /** A screen could not be shown: that belongs into the log. */
    reportPageError: { request: pageErrorSchema, answer: done },
    /** Opens `config.json` in what the system opens such files with, or shows where it lies. */
    openSettingsFile: { request: nothing, answer: done },
    /** Stops the application on the real data and starts one on the sample data; `false` goes back. */
    setSampleData: { request: z.boolean(), answer: done },
  },
  /** From the main process to the window. */
  events: {
    state: appStateSchema,
    /** In the order of writing, a few times a second. */
    logLines: z.array(logLineSchema),
    /** The menu or a notification asks for this screen. */
    openScreen: z.enum(screenNames),
    /** While `testConnection` is under way. */
    checkProgress: checkProgressSchema,
  },
} as const satisfies IpcSchema;

interface IpcSchema {
  readonly calls: Readonly<Record<string, { readonly request: z.ZodType; readonly answer: z.ZodType }>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export type CallName = keyof typeof ipc.calls;
export type CallRequest<Name extends CallName> = z.infer<(typeof ipc.calls)[Name]['request']>;
export type CallAnswer<Name extends CallName> = z.infer<(typeof ipc.calls)[Name]['answer']>;
export type EventName = keyof typeof ipc.events;
export type EventPayload<Name extends EventName> = z.infer<(typeof ipc.events)[Name]>;

/** What went wrong, one code a meaning. The service codes are those of the connections. */
const ipcErrorCodes = [
  'invalid-request',
  'sender-refused',
  'unexpected',
  'settings-refused',
  'secret-store-unavailable',
  'bad-credentials',
  'no-right',
  'not-found',
  'changed-meanwhile',
  'already-exists',
  'refused-value',
  'too-many-requests',
  'service-down',
  'not-the-service',
  'cursor-expired',
  'not-available',
  'file-not-written',
] as const;
export type IpcErrorCode = (typeof ipcErrorCodes)[number];

const ipcErrorSchema = z.object({
  code: z.enum(ipcErrorCodes),
  /** What happened. */
  message: z.string(),
  /** What to do about it. */
  advice: z.string(),
  /** The service's own words, shown behind a click. */
  serviceMessage: z.string().optional(),
  /** For `settings-refused`: each key that cannot be used. */
  problems: z.array(settingsProblemSchema).optional(),
});
export type IpcError = z.infer<typeof ipcErrorSchema>;

export type IpcResult<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: IpcError };

/** `window.leadferry`. */
export interface LeadferryApi {
  readonly call: {
    readonly [Name in CallName]: undefined extends CallRequest<Name>
      ? () => Promise<IpcResult<CallAnswer<Name>>>
      : (request: CallRequest<Name>) => Promise<IpcResult<CallAnswer<Name>>>;
  };
  /** Each calls the listener on every event and answers a function that ends it. */
  readonly on: {
    readonly [Name in EventName]: (listener: (payload: EventPayload<Name>) => void) => () => void;
  };
}

export const callChannel = (name: CallName): string => `leadferry:call:${name}`;
export const eventChannel = (name: EventName): string => `leadferry:event:${name}`;

export const callNames = Object.keys(ipc.calls) as readonly CallName[];
export const eventNames = Object.keys(ipc.events) as readonly EventName[];
