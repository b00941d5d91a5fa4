import { emailKey } from '../../shared/email.ts';
import type { Entity } from '../../shared/entity.ts';
import { activeCampaignId, dynamicsId } from '../../shared/ids.ts';
import type { MatchAnswer, MatchCandidate, MatchView, WrongTags } from '../../shared/match.ts';
import type { Settings } from '../../shared/settings.ts';
import { ApplicationError } from '../application-port.ts';
import type { Log } from '../log/log.ts';
import type { ObservedPerson, ObservedRecord } from '../store/observed.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { chooseMatches } from '../sync/decide.ts';
import { keptMetadata } from '../sync/metadata.ts';
import { enteringPerson, personAsPlanned } from '../sync/plan/entering-person.ts';
import { mayBeAskedAbout, possibleMatches, type Question, questionAbout, type TakingPart, waitsToBePulled } from '../sync/plan/match.ts';
import { emailOf, findSubject, nameOf } from './subject.ts';

/** Whom a person is in Dynamics, where several rows could be meant or the tags name the wrong table: the question, and the answer. */

/** Who takes part by these settings, and by what the environment has. */
export function takingPart(store: SyncStore, { dataConfiguration }: Settings): TakingPart {
  const tables = keptMetadata(store)?.tables;
  const of = (entity: Entity) => ({
    enabled: dataConfiguration[entity].enabled && tables?.[entity] !== null,
    direction: dataConfiguration[entity].direction,
  });
  return { entities: { lead: of('lead'), contact: of('contact') } };
}

interface Open {
  readonly person: ObservedPerson;
  readonly question: Question;
  readonly possible: readonly ObservedRecord[];
  /** Whether there may be a new row for the person. */
  readonly creates: MatchView['creates'];
}

/** What is open about a person: also where it is answered, as long as no run has followed the answer. */
function openQuestion(store: SyncStore, settings: Settings, observed: ObservedPerson): Open | null {
  const rules = takingPart(store, settings);
  const person = personAsPlanned({ store }, observed);
  if (store.links.ofPerson(person.id) !== null || !mayBeAskedAbout(person, rules)) return null;
  const entering = enteringPerson({ store, rules }, person);
  const possible = possibleMatches(entering, rules);
  const asked = questionAbout({ ...entering, chosen: null }, rules);
  // Once asked, it is asked until it is followed, though fewer are left to choose from.
  const question = asked ?? (entering.chosen !== null && possible.length > 0 ? 'several-matches' : null);
  return question === null ? null : { person, question, possible, creates: waitsToBePulled(person, rules) };
}

/** The question that the person or the row with this name waits for; null where there is none. */
export function describeMatch(store: SyncStore, settings: Settings, name: string): MatchView | null {
  const known = findSubject(store, name);
  if (known.link !== null) return null;
  const email = emailKey(emailOf(known));
  const person = known.person ?? (email === null ? null : store.people.byEmail(email));
  const open = person === null ? null : openQuestion(store, settings, person);
  if (person === null || open === null) return null;
  const choice = store.choices.ofPerson(person.id);
  const stillThere = choice?.row === null || open.possible.some(({ id }) => id === choice?.row?.id);
  return {
    subject: `person:${person.id}`,
    question: open.question,
    person: { name: nameOf({ person, record: null }), email: person.email, phone: person.values.phone ?? '' },
    candidates: open.possible.map(candidateOf),
    creates: open.creates,
    chosen: choice === null || !stillThere ? null : (choice.row?.id ?? 'nobody'),
  };
}

const states: Readonly<Record<ObservedRecord['entity'], readonly string[]>> = {
  lead: ['Open', 'Qualified', 'Disqualified'],
  contact: ['Active', 'Inactive'],
};

const candidateOf = (record: ObservedRecord): MatchCandidate => ({
  entity: record.entity,
  id: record.id,
  name: nameOf({ person: null, record }),
  email: emailOf({ person: null, record }),
  state: states[record.entity][Number(record.columns.statecode)] ?? null,
  createdAt: record.createdAt,
  modifiedAt: record.modifiedAt,
});

/** What an answer needs beside the settings. */
export interface Answering {
  readonly store: SyncStore;
  readonly log: Log;
  readonly now: number;
}

/** @throws ApplicationError `changed-meanwhile` where what was shown is not what there is. */
export function answerMatch(answering: Answering, settings: Settings, { subject, row, among }: MatchAnswer): void {
  const { store } = answering;
  const person = store.people.byId(activeCampaignId(subject.slice('person:'.length)));
  const open = person === null ? null : openQuestion(store, settings, person);
  const ids = new Set(open?.possible.map(({ id }) => id));
  const asShown = ids.size === among.length && among.every((id) => ids.has(dynamicsId(id)));
  const chosen = open?.possible.find(({ entity, id }) => entity === row?.entity && id === dynamicsId(row.id));
  if (open === null || !asShown || (row === null ? open.creates === null : chosen === undefined)) {
    throw new ApplicationError('changed-meanwhile', {
      message: 'What there is to choose from has changed.',
      advice: 'Look at what the screen shows now, and choose again.',
    });
  }
  keep(answering, [{ open, chosen: chosen ?? null }]);
}

interface Answer {
  readonly open: Open;
  /** Null for none of them. */
  readonly chosen: ObservedRecord | null;
}

function keep({ store, log, now }: Answering, answers: readonly Answer[]): void {
  const choices = answers.map(({ open: { person, possible }, chosen }) => ({
    person: person.id,
    choice: {
      row: chosen === null ? null : { entity: chosen.entity, id: chosen.id },
      among: possible.map(({ id }) => id),
    },
    candidates: possible,
  }));
  chooseMatches(store, choices, now);
  for (const { open, chosen } of answers) {
    const { email, id } = open.person;
    log.write({
      level: 'info',
      event: 'person.matched',
      message:
        chosen === null
          ? 'Answered: none of the rows in Dynamics; the next run creates a new one'
          : `Answered: the person is the ${chosen.entity} ${chosen.id} in Dynamics; the next run links them`,
      person: { email, activeCampaignId: id, ...(chosen !== null && { dynamics: { entity: chosen.entity, id: chosen.id } }) },
      details: { among: open.possible.map((record) => record.id) },
    });
  }
}

export const countWrongTags = ({ choices }: SyncStore): WrongTags => {
  const { asked, answered } = choices.countAsked('wrong-tags');
  return { waiting: asked - answered, repaired: answered };
};

const page = 500;

/** Answers for everybody who is held for the wrong tags that they are the contact. @returns how many. */
export function repairTags(answering: Answering, settings: Settings): number {
  const { store } = answering;
  let repaired = 0;
  for (let after = ''; ; ) {
    const subjects = store.choices.unanswered('wrong-tags', after, page);
    const last = subjects.at(-1);
    if (last === undefined) return repaired;
    const answers = subjects.flatMap((subject): Answer[] => {
      const { person } = findSubject(store, subject);
      const open = person === null ? null : openQuestion(store, settings, person);
      const [chosen] = open?.possible ?? [];
      return open?.question === 'wrong-tags' && chosen !== undefined ? [{ open, chosen }] : [];
    });
    keep(answering, answers);
    repaired += answers.length;
    after = last;
  }
}
