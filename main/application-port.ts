import type { AppState, Problem, SecretName, SettingsProblem } from '../shared/app-state.ts';
import type { AutomationChoice } from '../shared/automation.ts';
import type { ChangeCounts, ChangeQuestion } from '../shared/change-counts.ts';
import type { ConnectionCheck, ConnectionDraft, EnvironmentChoice, SignInRequest } from '../shared/connection.ts';
import type { CriteriaPreview, CriteriaQuestion } from '../shared/criteria-preview.ts';
import type { Entity } from '../shared/entity.ts';
import type { FieldChoices } from '../shared/field-choices.ts';
import type { ExamplesQuestion, FieldExamples } from '../shared/field-examples.ts';
import type { NewOptions } from '../shared/field-options.ts';
import type { HeldPlanView } from '../shared/held-plan.ts';
import type { LogExport, LogLine, LogQuery } from '../shared/log-line.ts';
import type { CandidateDetails, MatchAnswer, MatchView, WrongTags } from '../shared/match.ts';
import type { NewcomersAnswer } from '../shared/newcomer.ts';
import type { Overview } from '../shared/overview.ts';
import type { ConflictDecision, PeoplePage, PeopleQuery, PersonRow, PersonView } from '../shared/people.ts';
import type { Preview } from '../shared/preview.ts';
import type { Settings } from '../shared/settings.ts';
import type { Clock } from './ports/clock.ts';
import type { Notifier } from './ports/notifier.ts';
import type { PowerEvents } from './ports/power.ts';
import type { Random } from './ports/random.ts';

/** Some keys of `config.json`; whatever is absent stays as it is. */
export type SettingsUpdate = {
  readonly [Section in Exclude<keyof Settings, 'version'>]?:
    | { readonly [Key in keyof Settings[Section]]?: Settings[Section][Key] | undefined }
    | undefined;
};

/**
 * The program without a window: settings, stores, scheduler and engine over one data directory. The desktop app and the headless
 * mode drive it through this and know nothing of what is behind it.
 *
 * Methods that can be refused throw `ApplicationError` or `ServiceError`; anything else is a defect.
 */
export interface Application {
  /** As it is now. A new value on every change; never changed in place. */
  state(): AppState;
  /** Calls `listener` after every change. Answers a function that ends it. */
  onState(listener: (state: AppState) => void): () => void;

  /**
   * Checks the update, writes `config.json`, and takes it into force; `state()` shows it when this resolves.
   * @throws ApplicationError `settings-refused` (with the problems) when a value cannot be used: nothing was written.
   */
  updateSettings(update: SettingsUpdate): Promise<void>;

  /**
   * Proves the draft line by line without keeping anything. A failed line is an answer, not an error.
   * @param onProgress Told of every line, as far as it has come, after each one.
   */
  testConnection(draft: ConnectionDraft, onProgress: (checks: readonly ConnectionCheck[]) => void): Promise<readonly ConnectionCheck[]>;
  /**
   * Keeps the secret in the keychain (where one was given) and then the address in the settings.
   * @throws ApplicationError `settings-refused`, `secret-store-unavailable`.
   */
  saveConnection(draft: ConnectionDraft): Promise<void>;
  /** @throws ApplicationError `secret-store-unavailable`. */
  removeSecret(name: SecretName): Promise<void>;
  /** Asks the keychain once more what it hands out; `state()` shows it. */
  lookAtKeychain(): Promise<void>;

  /**
   * Has a person sign in to Dynamics by browser. Nothing is kept before the connection is saved, unless the same account only signs in again.
   * @throws ServiceError for everything that ends it but `cancelSignIn`; ApplicationError `secret-store-unavailable`.
   */
  signIn(request: SignInRequest): Promise<'signedIn' | 'cancelled'>;
  cancelSignIn(): void;
  openSignInPage(): Promise<void>;
  /** Forgets the sign-in, in use or not. @throws ApplicationError `secret-store-unavailable`. */
  signOut(): Promise<void>;
  /** The Dynamics environments of the account that has signed in with this. @throws ServiceError */
  environments(request: SignInRequest): Promise<readonly EnvironmentChoice[]>;

  /** What can be mapped and compared for this entity, read from both services (may be remembered for a while). @throws ServiceError */
  fieldChoices(entity: Entity): Promise<FieldChoices>;
  /** Creates options of an ActiveCampaign field; answers those that it has then. @throws ServiceError, ApplicationError `changed-meanwhile`. */
  createFieldOptions(request: NewOptions): Promise<string[]>;
  /** Who would enter with these criteria, as Dynamics says it now. A newer question ends the one before. @throws ServiceError, ApplicationError `changed-meanwhile` */
  previewCriteria(question: CriteriaQuestion): Promise<CriteriaPreview>;
  /** What some columns and fields hold for a few people. */
  fieldExamples(question: ExamplesQuestion): Promise<FieldExamples>;
  /** Whom a change of the Data Configuration concerns. A newer question ends the one before. @throws ApplicationError `changed-meanwhile` */
  changeCounts(question: ChangeQuestion): Promise<ChangeCounts>;

  /** Lets runs begin by themselves, which they do not before in a data directory without an earlier run. What is due begins at once. */
  start(): Promise<void>;
  /** What ActiveCampaign has that people can be created from. @throws ServiceError */
  automations(): Promise<readonly AutomationChoice[]>;

  overview(): Promise<Overview>;

  /** Everybody who is linked or held, page by page. */
  people(query: PeopleQuery): Promise<PeoplePage>;
  /** Who is known under this address on either side, and is neither linked nor held. */
  strangers(email: string): Promise<readonly PersonRow[]>;
  /** `subject` as the list names it. Who is not known has nothing in any part. */
  person(subject: string): Promise<PersonView>;
  /** Plans the person again at the next run, whether anybody has changed them or not. */
  tryAgain(subject: string): Promise<void>;
  /** Whether rows that wait since the settings were changed come in at the next run, or stay out as long as they meet the criteria. */
  answerNewcomers(answer: NewcomersAnswer): Promise<void>;
  /** Tells of the person no more, and tries no more, until somebody changes them or the settings. */
  dismiss(subject: string): Promise<void>;
  /** The next run writes the value that wins to the other side. @throws ApplicationError `changed-meanwhile`: the conflict is not open any more. */
  decideConflict(decision: ConflictDecision): Promise<void>;

  /**
   * What the next run would do if it began now, read and planned like a run and written nowhere; null where it was ended first, also because a
   * run began. `state()` tells how far it is.
   * @throws ServiceError, ApplicationError `changed-meanwhile` (a run is under way or held), `settings-refused`.
   */
  previewNextRun(): Promise<Preview | null>;
  endPreview(): Promise<void>;
  readonly matches: Matches;

  /** The plan that a guard holds; null where there is none. */
  heldPlan(): Promise<HeldPlanView | null>;
  /** Lets the plan go that this run made: the next run carries it out. @throws ApplicationError `changed-meanwhile`: it is not held any more. */
  releaseHeldPlan(run: number): Promise<void>;
  /** Forgets the plan that this run made: the next run plans anew. @throws ApplicationError `changed-meanwhile`: it is not held any more, or is being carried out. */
  dropHeldPlan(run: number): Promise<void>;

  /** The lines of the page that match, in ascending order of id. */
  logLines(query: LogQuery): Promise<readonly LogLine[]>;
  /** Every line that matches, oldest first, as the text of a file in parts. */
  logExport(request: LogExport): Iterable<string>;
  /** Calls `listener` for every line as it is written. Answers a function that ends it. */
  onLogLine(listener: (line: LogLine) => void): () => void;

  /** Writes an error that nothing expected to the log. `activity`: what was being done ("answering updateSettings"). */
  reportDefect(activity: string, error: unknown): void;

  /** Ends after the write that is under way was confirmed; the unfinished run is taken up at the next start. Closes every store. */
  stop(): Promise<void>;
}

/** Who somebody from ActiveCampaign is in Dynamics, where somebody has to say so. */
export interface Matches {
  /** Null where there is no question about this person or row. */
  describe(subject: string): Promise<MatchView | null>;
  /** What Dynamics says now about those who could be meant. @throws ServiceError */
  details(subject: string): Promise<CandidateDetails>;
  /** The next run follows. @throws ApplicationError `changed-meanwhile`: there are others to choose from by now. */
  choose(answer: MatchAnswer): Promise<void>;
  /** How many people carry the tags of a lead though they are contacts in Dynamics. */
  wrongTags(): Promise<WrongTags>;
  /** The next run gives all of them the right tags. Answers how many. */
  repairTags(): Promise<number>;
}

export interface ApplicationOptions {
  /** Absolute; created where missing. */
  readonly dataDirectory: string;
  /**
   * `sample`: the built-in sample services are started on loopback and connected, with secrets kept in memory. A data directory that
   * is started again finds its sample services as it left them.
   */
  readonly mode: AppState['mode'];
  readonly clock: Clock;
  readonly random: Random;
  readonly power: PowerEvents;
  readonly notifier: Notifier;
  /** Opens the sign-in page of Microsoft in the browser of the system. */
  readonly openSignInPage: (url: string) => Promise<void>;
  /** How long the browser is waited for. Default 5 minutes. */
  readonly signInLimitMs?: number;
}

/**
 * Opens the data directory and starts the schedule. A `config.json` that cannot be used does not stop it: `state()` says so.
 * @throws Error when the data directory or the database cannot be used.
 */
export type CreateApplication = (options: ApplicationOptions) => Promise<Application>;

export type ApplicationErrorCode = 'settings-refused' | 'secret-store-unavailable' | 'changed-meanwhile' | 'file-not-written';

export class ApplicationError extends Error {
  readonly code: ApplicationErrorCode;
  readonly advice: string;
  /** For `settings-refused`: each key that cannot be used. */
  readonly problems: readonly SettingsProblem[];
  constructor(code: ApplicationErrorCode, problem: Problem, problems: readonly SettingsProblem[] = [], options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'ApplicationError';
    this.code = code;
    this.advice = problem.advice;
    this.problems = problems;
  }
}
