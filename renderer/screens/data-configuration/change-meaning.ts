import type { ChangeCounts } from '../../../shared/change-counts.ts';
import type { Entity } from '../../../shared/entity.ts';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import type { ConflictWinner, Direction, EntityConfiguration, LeadConfiguration, Mapping } from '../../../shared/settings.ts';

type Configuration = EntityConfiguration | LeadConfiguration;

/** One thing that a change leads to. */
export interface Meaning {
  readonly title: string;
  readonly text: string;
}

export interface Change {
  readonly entity: Entity;
  readonly before: Configuration;
  readonly after: Configuration;
  /** Null while, or where, they are not known. */
  readonly counts: ChangeCounts | null;
  /** How many meet the new criteria in Dynamics; null while, or where, that is not known. */
  readonly meeting: { readonly count: number; readonly exact: boolean } | null;
  readonly choices: FieldChoices;
  readonly globalSync: boolean;
  /** From then on a person is asked whether those come in whom a change lets in. */
  readonly initialSyncFinished: boolean;
}

/** What the changes will mean at the next sync, in the order of the screen. Empty where nothing changes. */
export function meaningsOf(change: Change): Meaning[] {
  const { entity, before, after, globalSync } = change;
  const meanings = [
    ...switched(change),
    ...(before.direction === after.direction ? [] : [directed(change)]),
    ...(before.conflictWinner === after.conflictWinner ? [] : [won(change)]),
    ...(before.listId === after.listId ? [] : [listed(change)]),
    ...(same(before.criteria, after.criteria) ? [] : [chosen(change)]),
    ...mapped(change),
    ...created(change),
    ...automated(change),
  ];
  if (meanings.length === 0) return [];
  return [
    ...(before.enabled || after.enabled
      ? []
      : [{ title: `${plural[entity]} are off`, text: 'The rest counts once they are switched on.' }]),
    ...meanings,
    ...(globalSync ? [] : [{ title: 'Global Sync is off', text: 'What would go to ActiveCampaign waits until it is switched on.' }]),
  ];
}

const plural = { lead: 'Leads', contact: 'Contacts' } as const satisfies Record<Entity, string>;
const people = ({ entity }: Change): string => plural[entity].toLowerCase();
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const number = (count: number): string => count.toLocaleString('en');

/** "The 1,204 people in sync"; `verb` in the plural and in the singular. */
function inSync({ counts }: Change, verbs: readonly [string, string]): string {
  if (counts === null) return `Everybody who is in sync ${verbs[1]}`;
  if (counts.linked === 0) return `Nobody is in sync yet, so nobody ${verbs[1]}`;
  return counts.linked === 1 ? `The one person in sync ${verbs[1]}` : `The ${number(counts.linked)} people in sync ${verbs[0]}`;
}

function switched(change: Change): Meaning[] {
  const { entity, before, after, counts } = change;
  if (before.enabled === after.enabled) return [];
  if (!after.enabled) {
    const links = counts === null || counts.linked === 0 ? 'Nobody is unlinked' : `The ${number(counts.linked)} links stay and rest`;
    return [
      { title: `${plural[entity]} are switched off`, text: `${links}: nothing is written for ${people(change)}, and nothing is deleted.` },
    ];
  }
  const caughtUp =
    counts === null || counts.linked === 0 ? '' : ` ${inSync(change, ['catch', 'catches'])} up with what has changed meanwhile.`;
  return [{ title: `${plural[entity]} are switched on`, text: `${entrance(change)}${caughtUp}` }];
}

const entrance = ({ initialSyncFinished }: Change): string =>
  initialSyncFinished
    ? 'The next sync counts who meets the criteria, and asks you whether they come in.'
    : 'Who meets the criteria comes in with the Initial Sync.';

const flows = (direction: Direction, to: 'toActiveCampaign' | 'toDynamics'): boolean => direction === 'both' || direction === to;

function directed(change: Change): Meaning {
  const { before, after } = change;
  const opened = (to: 'toActiveCampaign' | 'toDynamics') => !flows(before.direction, to) && flows(after.direction, to);
  const closed = (to: 'toActiveCampaign' | 'toDynamics') => flows(before.direction, to) && !flows(after.direction, to);
  const parts = [
    closed('toDynamics') && `Nothing goes to Dynamics any more: no new ${people(change)}, no changes.`,
    closed('toActiveCampaign') && 'Nothing goes to ActiveCampaign any more: no new people, no changes.',
    opened('toDynamics') && 'What was changed in ActiveCampaign meanwhile goes to Dynamics, and new people do.',
    opened('toActiveCampaign') && `What was changed in Dynamics meanwhile goes to ActiveCampaign. ${entrance(change)}`,
  ];
  return { title: 'Direction', text: [...parts.filter((part) => part !== false), 'Opt-outs are carried as before.'].join(' ') };
}

const winners: Readonly<Record<ConflictWinner, string>> = {
  dynamics: 'the value in Dynamics wins',
  activeCampaign: 'the value in ActiveCampaign wins',
  newest: 'the value of whoever was changed last wins',
  ask: 'both stay and you are asked',
};

function won({ after, counts }: Change): Meaning {
  const rule = `Where both sides changed a field differently, ${winners[after.conflictWinner]}.`;
  const open =
    counts === null || counts.conflicts === 0 || after.conflictWinner === 'ask'
      ? ' What was decided before stays as it is.'
      : counts.conflicts === 1
        ? ' The one conflict that waits for you is decided by it.'
        : ` The ${number(counts.conflicts)} conflicts that wait for you are decided by it.`;
  return { title: 'When both sides changed', text: rule + open };
}

function listed({ after, choices }: Change): Meaning {
  const list = choices.lists.find(({ id }) => id === after.listId);
  return {
    title: 'List for new people',
    text:
      list === undefined
        ? 'People who come from Dynamics from now on join no list. Nobody is taken off a list.'
        : `People who come from Dynamics from now on join “${list.name}”. Who is in sync already is not added to it, and who has opted out never is.`,
  };
}

function chosen(change: Change): Meaning {
  const { after, counts, meeting } = change;
  if (!flows(after.direction, 'toActiveCampaign')) {
    return { title: 'Who enters', text: 'Nobody comes from Dynamics with this direction: it counts once that changes.' };
  }
  const known = counts?.criteria ?? null;
  const stay = 'Who is in sync stays in sync, whether they meet it or not.';
  if (known === null) {
    const found =
      meeting === null ? '' : `${meeting.exact ? '' : 'More than '}${number(meeting.count)} ${people(change)} meet the new choice. `;
    return { title: 'Who enters', text: `${found}The next sync finds out who of them is not in sync yet. ${stay}` };
  }
  const { newcomers, leavers } = known;
  const coming =
    newcomers === 0
      ? `No further ${people(change)} meet the new choice.`
      : newcomers === 1
        ? `One of the ${people(change)} that are not in sync meets the new choice. ${asked(change, 1)}`
        : `${number(newcomers)} ${people(change)} that are not in sync meet the new choice. ${asked(change, newcomers)}`;
  const leaving =
    leavers === 0
      ? stay
      : leavers === 1
        ? 'One person in sync does not meet it and stays in sync.'
        : `${number(leavers)} people in sync do not meet it and stay in sync.`;
  return { title: 'Who enters', text: `${coming} ${leaving}` };
}

function asked({ initialSyncFinished }: Change, newcomers: number): string {
  const they = newcomers === 1 ? 'it comes in' : 'they come in';
  return initialSyncFinished
    ? `The next sync asks you whether ${they}.`
    : `${they.charAt(0).toUpperCase()}${they.slice(1)} with the Initial Sync.`;
}

function mapped(change: Change): Meaning[] {
  const { before, after } = change;
  const pair = ({ dynamics, activeCampaign }: Mapping) => `${dynamics}=${activeCampaign}`;
  const earlier = new Map(before.mappings.map((mapping) => [pair(mapping), mapping]));
  const later = new Set(after.mappings.map(pair));
  const added = after.mappings.filter((mapping) => !earlier.has(pair(mapping)));
  const removed = before.mappings.filter((mapping) => !later.has(pair(mapping)));
  const kept = after.mappings.flatMap((mapping) => {
    const old = earlier.get(pair(mapping));
    return old === undefined ? [] : [{ old, mapping }];
  });
  const turned = kept.filter(({ old, mapping }) => old.direction !== mapping.direction).map(({ mapping }) => mapping);
  const pairedAnew = kept
    .filter(({ old, mapping }) => !same(inOneOrder(old.options), inOneOrder(mapping.options)))
    .map(({ mapping }) => mapping);
  return [
    ...(added.length === 0 ? [] : [compared(change, added)]),
    ...(pairedAnew.length === 0 ? [] : [pairedOtherwise(change, pairedAnew)]),
    ...(removed.length === 0
      ? []
      : [
          {
            title: `No longer mapped: ${titles(change, removed)}`,
            text: 'The values stay on both sides as they are. They are not kept in step any more.',
          },
        ]),
    ...turned.map((mapping) => ({ title: titles(change, [mapping]), text: turns[mapping.direction] })),
  ];
}

const inOneOrder = (pairs: Mapping['options'] = []): readonly string[] =>
  pairs.map(({ dynamics, activeCampaign }) => `${dynamics}=${activeCampaign}`).toSorted();

const turns: Readonly<Record<Direction, string>> = {
  both: 'Goes both ways from now on: what was changed meanwhile on the side that was not listened to is carried over.',
  toActiveCampaign: 'Goes only to ActiveCampaign from now on: changes there do not come back.',
  toDynamics: 'Goes only to Dynamics from now on: changes there do not come back.',
};

function pairedOtherwise(change: Change, mappings: readonly Mapping[]): Meaning {
  return {
    title: `Options paired otherwise: ${titles(change, mappings)}`,
    text: `What was held for want of a pair goes over. Whoever has an option whose pair is another one now is compared as at a first meeting: where the two sides differ, ${differing(change.after, mappings)}. Everybody else stays as they are.`,
  };
}

function compared(change: Change, added: readonly Mapping[]): Meaning {
  const { after } = change;
  const title = `Newly mapped: ${titles(change, added)}`;
  if (change.counts?.linked === 0) return { title, text: 'It counts for everybody who comes in from now on.' };
  return {
    title,
    text: `${inSync(change, ['are', 'is'])} compared as at a first meeting: a value fills an empty field; where the two sides differ, ${differing(after, added)}.`,
  };
}

/** A field that goes one way, by its mapping or by its entity, overwrites its target, but where somebody wants to be asked. */
function differing({ conflictWinner, direction }: Configuration, mappings: readonly Mapping[]): string {
  const ways = new Set(mappings.map((mapping) => (mapping.direction === 'both' ? direction : mapping.direction)));
  if (conflictWinner === 'ask' || ways.has('both')) return winners[conflictWinner];
  if (ways.size > 1) return 'the side that the field goes to takes the other’s value';
  return ways.has('toDynamics') ? winners.activeCampaign : winners.dynamics;
}

function titles({ choices }: Change, mappings: readonly Mapping[]): string {
  return mappings.map(({ dynamics }) => choices.columns.find(({ name }) => name === dynamics)?.label ?? dynamics).join(', ');
}

function created({ entity, before, after }: Change): Meaning[] {
  const topics = ['topicTemplate' in before ? before.topicTemplate : null, 'topicTemplate' in after ? after.topicTemplate : null];
  if (before.missingLastName === after.missingLastName && topics[0] === topics[1]) return [];
  const waiting =
    before.missingLastName === 'hold' && after.missingLastName === 'useEmail' ? ' Who was held for want of a last name is created.' : '';
  return [{ title: `New ${entity}s in Dynamics`, text: `It counts for those that are created from now on.${waiting}` }];
}

function automated({ entity, before, after }: Change): Meaning[] {
  const chosen = new Set(after.createFromAutomations);
  const added = after.createFromAutomations.some((id) => !before.createFromAutomations.includes(id));
  const removed = before.createFromAutomations.some((id) => !chosen.has(id));
  if (!added && !removed) return [];
  const parts = [
    added && `Whoever enters an automation that you have added becomes a ${entity}. Who entered it earlier does not count.`,
    removed && 'Entering an automation that you have removed creates nobody any more. Who was created stays in sync.',
  ];
  return [{ title: 'Automations', text: parts.filter((part) => part !== false).join(' ') }];
}
