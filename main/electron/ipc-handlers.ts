import type { CheckProgress } from '../../shared/connection.ts';
import type { CallHandlers } from './ipc-host.ts';
import type { RunningApplication } from './running-application.ts';
import { saveExport } from './save-export.ts';

/** What is not the running application's to do. */
export interface DesktopActions {
  readonly setSampleData: (on: boolean) => Promise<void>;
  readonly openSettingsFile: () => Promise<void>;
  /** Tells the window how far a connection test is. */
  readonly showChecks: (progress: CheckProgress) => void;
}

/** What each call of the window does. */
export function ipcHandlers(
  running: Pick<RunningApplication, 'current'>,
  { setSampleData, openSettingsFile, showChecks }: DesktopActions,
): CallHandlers {
  return {
    getState: async () => (await running.current()).state(),
    updateSettings: async (update) => (await running.current()).updateSettings(update),
    testConnection: async (draft) => {
      const application = await running.current();
      return [...(await application.testConnection(draft, (checks) => showChecks({ service: draft.service, checks: [...checks] })))];
    },
    saveConnection: async (draft) => (await running.current()).saveConnection(draft),
    removeSecret: async (name) => (await running.current()).removeSecret(name),
    lookAtKeychain: async () => (await running.current()).lookAtKeychain(),
    signIn: async (request) => (await running.current()).signIn(request),
    cancelSignIn: async () => (await running.current()).cancelSignIn(),
    openSignInPage: async () => (await running.current()).openSignInPage(),
    signOut: async () => (await running.current()).signOut(),
    getEnvironments: async (request) => [...(await (await running.current()).environments(request))],
    getFieldChoices: async (entity) => (await running.current()).fieldChoices(entity),
    createFieldOptions: async (request) => (await running.current()).createFieldOptions(request),
    previewCriteria: async (question) => (await running.current()).previewCriteria(question),
    getFieldExamples: async (question) => (await running.current()).fieldExamples(question),
    getChangeCounts: async (question) => (await running.current()).changeCounts(question),
    start: async () => (await running.current()).start(),
    getAutomations: async () => [...(await (await running.current()).automations())],
    getOverview: async () => (await running.current()).overview(),
    getPeople: async (query) => (await running.current()).people(query),
    getStrangers: async (email) => [...(await (await running.current()).strangers(email))],
    getPerson: async (subject) => (await running.current()).person(subject),
    tryAgain: async (subject) => (await running.current()).tryAgain(subject),
    answerNewcomers: async (answer) => (await running.current()).answerNewcomers(answer),
    dismiss: async (subject) => (await running.current()).dismiss(subject),
    decideConflict: async (decision) => (await running.current()).decideConflict(decision),
    previewNextRun: async () => (await running.current()).previewNextRun(),
    endPreview: async () => (await running.current()).endPreview(),
    getMatch: async (subject) => (await running.current()).matches.describe(subject),
    getCandidateDetails: async (subject) => (await running.current()).matches.details(subject),
    chooseMatch: async (answer) => (await running.current()).matches.choose(answer),
    getWrongTags: async () => (await running.current()).matches.wrongTags(),
    repairTags: async () => (await running.current()).matches.repairTags(),
    getHeldPlan: async () => (await running.current()).heldPlan(),
    releaseHeldPlan: async (run) => (await running.current()).releaseHeldPlan(run),
    dropHeldPlan: async (run) => (await running.current()).dropHeldPlan(run),
    getLogLines: async (query) => [...(await (await running.current()).logLines(query))],
    exportLog: async (request) => {
      const { logExport } = await running.current();
      return saveExport('Leadferry log', request.format, () => logExport(request));
    },
    reportPageError: async ({ screen, message, stack }) => {
      (await running.current()).reportDefect(`showing the screen ${screen}`, Object.assign(new Error(message), { stack }));
    },
    openSettingsFile,
    setSampleData,
  };
}
