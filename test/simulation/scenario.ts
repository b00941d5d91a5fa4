import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import type { ActiveCampaignVariant } from '../../main/demo/activecampaign/variant.ts';
import type { SamplePerson, SampleRow } from '../../main/demo/data-set/types.ts';
import type { DynamicsVariant } from '../../main/demo/dynamics/variant.ts';
import type { Entity } from '../../shared/entity.ts';
import type { OptionCorrection } from '../../shared/option-pairs.ts';
import type { ConflictWinner, Direction, Settings } from '../../shared/settings.ts';
import type { TagKey } from '../../shared/tags.ts';

/**
 * Everything that happens in one simulation, as plain values: the same scenario gives the same trace, and one with parts left out can be
 * played as well. Whoever is meant is named by a number that is taken modulo those who are there.
 */
export interface Scenario {
  readonly seed: number;
  readonly startedAt: string;
  /** IANA zone of the machine that the program runs on. */
  readonly timeZone: string;
  readonly leads: readonly SampleRow[];
  readonly contacts: readonly SampleRow[];
  readonly people: readonly SamplePerson[];
  readonly activeCampaign: { readonly variant: Partial<ActiveCampaignVariant>; readonly importDelayMs: number; readonly limits: boolean };
  readonly dynamics: { readonly variant: Partial<DynamicsVariant> };
  readonly settings: Configuration;
  /** Somebody is there to be asked about whom a change of the settings lets in. */
  readonly asksAboutNewcomers: boolean;
  /** Settings of the quiet runs at the end. */
  readonly finalSettings: Configuration;
  readonly steps: readonly Step[];
}

export interface Configuration {
  readonly lead: EntityChoice;
  readonly contact: EntityChoice;
  readonly globalSync: boolean;
  readonly syncOptOut: boolean;
  readonly safety: Settings['safety'];
}

export interface EntityChoice {
  readonly enabled: boolean;
  readonly direction: Direction;
  readonly who: 'all' | 'fromNorway' | 'notFromNorway' | 'systemView' | 'personalView';
  readonly joinsList: boolean;
  /** Automations, by name. */
  readonly createsFrom: readonly string[];
  readonly conflictWinner: ConflictWinner;
  /** Index into `fieldPairs`. */
  readonly mappings: readonly { readonly pair: number; readonly direction: Direction }[];
}

export type Step =
  | { readonly kind: 'deed'; readonly deed: Deed }
  | { readonly kind: 'wait'; readonly ms: number }
  /** Somebody sets this machine's clock; the services' clocks go on. */
  | { readonly kind: 'clockJump'; readonly ms: number }
  | { readonly kind: 'settings'; readonly settings: Configuration }
  /** Somebody pairs options of a mapping by hand, once at most in a scenario; until then they are paired by label. */
  | { readonly kind: 'pairOptions'; readonly entity: Entity; readonly column: string; readonly options: readonly OptionCorrection[] }
  /** The database is lost; the program starts with an empty one. */
  | { readonly kind: 'loseDatabase' }
  /** Somebody edits a field that the program is about to write to since an earlier run. */
  | { readonly kind: 'editWhatWaits'; readonly serial: number }
  /** Somebody answers one of the questions about people that the program shows. */
  | { readonly kind: 'answer'; readonly serial: number }
  | { readonly kind: 'answerGuard'; readonly answer: 'release' | 'drop' }
  | RunStep;

/** A run of the program. What happens in it happens at an await, counted from 1; what would come after its end happens then. */
export interface RunStep {
  readonly kind: 'run';
  /** Decides ids, jitter and how long each answer takes. */
  readonly salt: number;
  readonly deeds: readonly { readonly at: number; readonly deed: Deed }[];
  /** By the number of the write: somebody edits the very field that is about to be written. */
  readonly interferences: readonly { readonly at: number; readonly serial: number }[];
  /** By the number of the request. */
  readonly faults: readonly { readonly at: number; readonly fault: FaultName }[];
  /** Where the program ends as if it was killed. */
  readonly killedAt: Kill | null;
  /** Somebody asks the program to stop. */
  readonly stoppedAt: number | null;
}

/** At an await, or around a request that writes: before it is sent, or before its answer arrives. */
export type Kill =
  | { readonly kind: 'await'; readonly number: number }
  | { readonly kind: 'beforeWrite' | 'afterWrite'; readonly number: number };

export const faultNames = [
  'throttled',
  'serverError',
  'unavailable',
  'lostBefore',
  'lostAfter',
  'cut',
  'half',
  'timeoutBefore',
  'timeoutAfter',
  'loginPage',
  'forbidden',
] as const;
export type FaultName = (typeof faultNames)[number];

/** What people and automations do in the two services. */
export type Deed =
  | { readonly kind: 'editPerson'; readonly who: number; readonly field: string; readonly value: string }
  | { readonly kind: 'changePersonEmail'; readonly who: number; readonly email: string }
  | { readonly kind: 'createPerson'; readonly email: string; readonly firstName: string; readonly tags: readonly TagKey[] }
  | { readonly kind: 'deletePerson'; readonly who: number }
  | { readonly kind: 'giveTags'; readonly who: number; readonly tags: readonly TagKey[] }
  | { readonly kind: 'takeTag'; readonly who: number; readonly tag: TagKey }
  | { readonly kind: 'subscribe' | 'unsubscribe' | 'unsubscribeThroughCampaign'; readonly who: number; readonly list: string }
  | { readonly kind: 'bounce'; readonly who: number; readonly bounce: 'hard' | 'soft' }
  | { readonly kind: 'enterAutomation'; readonly who: number; readonly automation: string }
  | { readonly kind: 'addNote' | 'openEmail'; readonly who: number }
  | { readonly kind: 'exclude'; readonly email: string }
  | { readonly kind: 'endNextImport'; readonly fate: 'failed' | 'interrupted' }
  | { readonly kind: 'editRow'; readonly table: Entity; readonly who: number; readonly column: string; readonly value: ColumnValue }
  | { readonly kind: 'createRow'; readonly table: Entity; readonly columns: Readonly<Record<string, ColumnValue>> }
  | { readonly kind: 'deleteRow'; readonly table: Entity; readonly who: number }
  | { readonly kind: 'optOutRow'; readonly table: Entity; readonly who: number; readonly column: 'donotbulkemail' | 'donotemail' }
  | { readonly kind: 'qualify' | 'disqualify'; readonly who: number }
  | { readonly kind: 'merge'; readonly table: Entity; readonly winner: number; readonly loser: number }
  | { readonly kind: 'expireChangeTracking'; readonly table: Entity }
  | { readonly kind: 'expireTokens' }
  /** Takes it from everybody; one of the same name that is made later is another one. */
  | { readonly kind: 'deleteTag'; readonly tag: TagKey }
  /** It was begun this long ago, and its stamps say so, but nobody could see it until now. */
  | { readonly kind: 'late'; readonly ms: number; readonly deed: Deed };
