import type { Settings } from '../shared/settings.ts';
import { createAccountReader } from './application/account-reader.ts';
import { createBrowserSignIns } from './application/browser-sign-in.ts';
import { countChange } from './application/change-counts.ts';
import { changeSettings } from './application/change-settings.ts';
import { connectionCalls } from './application/connection-calls.ts';
import { createFieldOptions } from './application/create-options.ts';
import { fieldChoices } from './application/field-choices.ts';
import { readFieldExamples } from './application/field-examples.ts';
import { describeHeldPlan, dropPlanOf, releasePlanOf } from './application/held-plan.ts';
import { latestOnly } from './application/latest-only.ts';
import { createLogFeed } from './application/log-feed.ts';
import { missingCredentials } from './application/missing-credentials.ts';
import { openMatches } from './application/open-matches.ts';
import { readOverview } from './application/overview.ts';
import { listPeople } from './application/people.ts';
import { decide, describePerson } from './application/person.ts';
import { createPreviews } from './application/preview.ts';
import { previewCriteria } from './application/preview-criteria.ts';
import { createSecretKeeper } from './application/secret-keeper.ts';
import { createStateView } from './application/state-view.ts';
import { listStrangers } from './application/strangers.ts';
import { findSubject, toDecideOn } from './application/subject.ts';
import type { CreateApplication, SettingsUpdate } from './application-port.ts';
import type { BlockedReason } from './scheduler/scheduler.ts';
import { openServices } from './services/services.ts';
import { answerNewcomers, dismiss, tryAgain } from './sync/decide.ts';

const defaultSignInLimitMs = 5 * 60_000;

/** The program as the desktop app drives it: the services over one data directory, seen through the window's port. */
export const createApplication: CreateApplication = async (options) => {
  const { dataDirectory, mode, clock, random, power, notifier, openSignInPage, signInLimitMs = defaultSignInLimitMs } = options;
  let whatIsMissing: () => BlockedReason | null = () => null;
  const services = await openServices({
    dataDirectory,
    mode,
    clock,
    random,
    power,
    environment: process.env,
    // Sample data is nobody's: it may be written to at once.
    waitsForStart: mode === 'real',
    missingCredentials: () => whatIsMissing(),
    asksAboutNewcomers: true,
  });
  const { settings, store, connector, scheduler } = services;
  const secrets = await createSecretKeeper(services.secrets);
  const signIns = await createBrowserSignIns({
    connector,
    keeper: services.signIn,
    clock,
    openPage: openSignInPage,
    limitMs: signInLimitMs,
  });
  services.onSignInTried(signIns.tried);
  whatIsMissing = () => missingCredentials(settings.current(), secrets, signIns);
  const previews = createPreviews(services, clock, () => states.refresh());
  const states = createStateView({ services, secrets, signIns, previews, mode, notifier, clock });
  const log = createLogFeed(services, clock);
  const accounts = createAccountReader(connector, settings.current, clock);
  signIns.onChange(accounts.forget);
  scheduler.start();

  return {
    state: states.current,
    onState: states.onChange,
    updateSettings: async (update) => changeSettings(settings, (before) => merged(before, update)),
    ...connectionCalls({ settings, secrets, signIns, connector }, () => {
      accounts.forget();
      scheduler.recheck();
    }),
    fieldChoices: async (entity) => fieldChoices(await accounts.readContents(entity)),
    createFieldOptions: (request) => createFieldOptions(accounts, store, services.log, request),
    previewCriteria: latestOnly((question, signal) => previewCriteria(accounts, question, signal)),
    fieldExamples: (question) => readFieldExamples(accounts, store, question),
    changeCounts: latestOnly((question, signal) => countChange(store, question, signal)),
    start: async () => {
      services.start();
      states.refresh();
    },
    automations: async () => (await accounts.activeCampaign()).automations(),
    overview: async () => readOverview(store),
    people: async (query) => listPeople(store, settings.current(), query),
    strangers: async (email) => listStrangers(store, settings.current(), email),
    person: async (subject) => describePerson(store, settings.current(), subject),
    tryAgain: async (subject) => {
      tryAgain(store, toDecideOn(findSubject(store, subject)));
      states.refresh();
    },
    answerNewcomers: async ({ entity, bring }) => {
      answerNewcomers(store, entity, bring, clock.now());
      states.refresh();
    },
    dismiss: async (subject) => {
      dismiss(store, toDecideOn(findSubject(store, subject)));
      states.refresh();
    },
    decideConflict: async (decision) => {
      decide(store, settings.current(), decision);
      states.refresh();
    },
    previewNextRun: previews.make,
    endPreview: previews.end,
    matches: openMatches({ services, accounts, clock, changed: states.refresh }),
    heldPlan: () => describeHeldPlan(store, settings.current()),
    releaseHeldPlan: async (run) => {
      releasePlanOf(store, run);
      states.refresh();
    },
    dropHeldPlan: async (run) => {
      dropPlanOf(store, run, scheduler.status().kind === 'running');
      states.refresh();
    },
    logLines: async (query) => log.lines(query),
    logExport: log.exported,
    onLogLine: log.onLine,
    reportDefect: (activity, error) => {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      services.log.write({ level: 'error', event: 'app.defect', message: `An unexpected error while ${activity}: ${words}` });
    },
    stop: async () => {
      await previews.end();
      log.close();
      states.close();
      signIns.cancel();
      await services.close();
    },
  };
};

/** The keys that an update gives a value to. */
function given<Keys extends object>(keys: Keys | undefined): { [Name in keyof Keys]?: Exclude<Keys[Name], undefined> } {
  return Object.fromEntries(Object.entries(keys ?? {}).filter(([, value]) => value !== undefined)) as { [Name in keyof Keys]?: never };
}

function merged(settings: Settings, update: SettingsUpdate): Settings {
  return {
    ...settings,
    activeCampaign: { ...settings.activeCampaign, ...given(update.activeCampaign) },
    dynamics: { ...settings.dynamics, ...given(update.dynamics) },
    dataConfiguration: { ...settings.dataConfiguration, ...given(update.dataConfiguration) },
    syncSettings: { ...settings.syncSettings, ...given(update.syncSettings) },
    consent: { ...settings.consent, ...given(update.consent) },
    safety: { ...settings.safety, ...given(update.safety) },
    general: { ...settings.general, ...given(update.general) },
  };
}
