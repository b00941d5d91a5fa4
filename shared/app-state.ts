import { z } from 'zod';
import { entities } from './entity.ts';
import { newcomersSchema } from './newcomer.ts';
import { settingsSchema } from './settings.ts';

/**
 * What the window, the tray and the notifications show: one value, made by the application, sent whole on every change.
 * Times are milliseconds since the Unix epoch. Sentences are finished English for an admin; nothing in here is a secret.
 */

/** Something that is wrong, in the three parts that every message has. */
const problemSchema = z.object({
  /** What happened. */
  message: z.string(),
  /** What to do about it. */
  advice: z.string(),
  /** The service's own words, shown behind a click. */
  serviceMessage: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** A problem of the whole program, and where a person can do something about it. */
const attentionSchema = problemSchema.extend({
  /**
   * `run`: the last run failed. `connection`: it failed because an account is not accepted any more, or that will be so soon. `heldPlan`: a
   * guard holds a plan. `newcomers`: rows that a change of the settings lets in wait for an answer. `automations`: a chosen one is not to be
   * had. `configuration`: parts of the Data Configuration that a run had to do without. `wrongTags`: people carry the tags of a lead and are
   * contacts. `people`: some people or fields do not sync.
   */
  about: z.enum(['run', 'connection', 'heldPlan', 'newcomers', 'automations', 'configuration', 'wrongTags', 'people']),
  /** Whom `newcomers` is about. */
  entity: z.enum(entities).exactOptional(),
});
export type Attention = z.infer<typeof attentionSchema>;

/** One key of `config.json` that cannot be used. */
export const settingsProblemSchema = z.object({ path: z.string(), message: z.string() });
export type SettingsProblem = z.infer<typeof settingsProblemSchema>;

/** `absent` was never given; `unreadable` was given, but the keychain does not hand it out (locked or removed). */
const secretStateSchema = z.enum(['stored', 'absent', 'unreadable']);
export type SecretState = z.infer<typeof secretStateSchema>;

export const secretNames = ['activeCampaignKey', 'dynamicsClientSecret'] as const;
export type SecretName = (typeof secretNames)[number];

export const runKindSchema = z.enum(['initial', 'scheduled']);

export const runOutcomeSchema = z.enum(['ok', 'attention', 'held', 'failed', 'stopped']);

const signedInAccountSchema = z.object({
  name: z.string(),
  username: z.string(),
  /** What it was signed in with: of use only where the settings, or what is typed, say the same. */
  clientId: z.string(),
  tenantId: z.string(),
});
export type SignedInAccount = z.infer<typeof signedInAccountSchema>;

const browserSignInSchema = z.object({
  /** `ended`: the account is asked to sign in again. `unreadable`: there is one, but the keychain does not hand out its key. */
  state: z.enum(['signedOut', 'signedIn', 'ended', 'unreadable']),
  /** Who is signed in; null where nobody is, or it cannot be read. */
  account: signedInAccountSchema.nullable(),
  /** Has signed in, and is in use once the connection is saved. */
  pending: signedInAccountSchema.nullable(),
  /** Until when the browser is waited for; null while nobody is signing in. */
  waitingUntil: z.number().nullable(),
});
export type BrowserSignIn = z.infer<typeof browserSignInSchema>;

const runProgressSchema = z.object({
  number: z.int(),
  kind: runKindSchema,
  startedAt: z.number(),
  /** Its plan is binding and is being written. */
  writing: z.boolean(),
  /** What it is doing now: "Reading leads from Dynamics". */
  activity: z.string(),
  done: z.int(),
  /** Null while it is not known how much there is. */
  total: z.int().nullable(),
  /** How fast it goes on with what it is doing now; null while that is not known. */
  perSecond: z.number().nullable(),
  /** By the rate so far; null while there is none. */
  remainingMs: z.number().nullable(),
});
export type RunProgress = z.infer<typeof runProgressSchema>;

const runSummarySchema = z.object({
  number: z.int(),
  kind: runKindSchema,
  outcome: runOutcomeSchema,
  startedAt: z.number(),
  finishedAt: z.number(),
  /** One sentence: "12 people created, 3 updated, 1 held". */
  summary: z.string(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

const initialSyncSchema = z.discriminatedUnion('state', [
  /** It starts with the next run; with Global Sync off, once that is switched on. */
  z.object({ state: z.literal('waiting') }),
  /** Begun and not finished: running now (then `run` says how far), or to be taken up again by the next run. */
  z.object({ state: z.literal('begun'), done: z.int(), total: z.int().nullable() }),
  z.object({ state: z.literal('finished'), finishedAt: z.number() }),
]);
export type InitialSync = z.infer<typeof initialSyncSchema>;

const scheduleSchema = z.object({
  /** The next due times, soonest first; empty while nothing is scheduled. */
  nextRunsAt: z.array(z.number()),
  /** Why no run is scheduled, or why the one that is due does not start; null when there is nothing to say. */
  waitingBecause: z.string().nullable(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

export const appStateSchema = z.object({
  /** `sample`: the built-in sample services are connected, not the accounts of a person. */
  mode: z.enum(['real', 'sample']),
  /** The settings in force: the last good ones while `config.json` cannot be used. */
  settings: settingsSchema,
  /** Why `config.json` as it lies on the disk cannot be used; empty when it is in force. */
  settingsProblems: z.array(settingsProblemSchema),
  secrets: z.record(z.enum(secretNames), secretStateSchema),
  /** Why the keychain of the system cannot be used; null where it can. */
  keychain: problemSchema.nullable(),
  browserSignIn: browserSignInSchema,
  /** Address and secrets of both services are there, so that runs can be scheduled. */
  connected: z.boolean(),
  /** Runs begin by themselves: somebody has pressed Start, or a run was made before. */
  started: z.boolean(),
  /** A service could not be reached when it was last tried. */
  offline: z.boolean(),
  /** What a person has to look at, most pressing first. */
  attention: z.array(attentionSchema),
  /** How many rows that a change of the settings lets in wait for an answer. */
  newcomers: newcomersSchema,
  /** The run that is under way. */
  run: runProgressSchema.nullable(),
  /** How far the preview of the next run is that is being made. */
  preview: z.object({ activity: z.string(), done: z.int(), total: z.int().nullable() }).nullable(),
  lastRun: runSummarySchema.nullable(),
  initialSync: initialSyncSchema,
  schedule: scheduleSchema,
});
export type AppState = z.infer<typeof appStateSchema>;
