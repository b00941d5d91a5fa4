import { answerMatch, describeMatch } from '../../main/application/matches.ts';
import { findSubject, toDecideOn } from '../../main/application/subject.ts';
import { ApplicationError } from '../../main/application-port.ts';
import { pick } from '../../main/demo/data-set/pick.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { Random } from '../../main/ports/random.ts';
import type { Problem } from '../../main/store/problems.ts';
import { answerNewcomers, decideConflict, dismiss, tryAgain } from '../../main/sync/decide.ts';
import { rawValue } from '../../main/sync/plan/pair.ts';
import { entities } from '../../shared/entity.ts';
import { judgedFields, sameReading } from './judged-fields.ts';
import { fieldOf } from './ledger.ts';
import { settingsOf } from './settings.ts';
import type { Stage } from './stage.ts';

const everyProblem = 100_000;

/** Somebody answers what the program asks about one person, as its screens let them. @returns a line for the trace; null where nothing is asked. */
export function answer(stage: Stage, serial: number): string | null {
  const random = seededRandom(serial);
  const waiting = stage.store.newcomers.countWaiting();
  const entity = entities.find((name) => waiting[name] > 0);
  if (entity !== undefined && random.fraction() < 0.5) {
    const bring = random.fraction() < 0.6;
    answerNewcomers(stage.store, entity, bring, stage.world.clock.now());
    return `${waiting[entity]} newcomers among the ${entity}s: ${bring ? 'brought in' : 'left out'}`;
  }
  const problems = stage.store.problems.all(everyProblem);
  if (problems.length === 0) return null;
  const problem = pick(random, problems);
  const about = `${problem.reason} of ${problem.subject} ${problem.field}`.trim();
  try {
    return `${about}: ${answerOne(stage, problem, random)}`;
  } catch (error) {
    // What was shown is not what there is any more.
    if (error instanceof ApplicationError) return `${about}: not possible (${error.message})`;
    throw error;
  }
}

function answerOne(stage: Stage, problem: Problem, random: Random): string {
  switch (problem.reason) {
    case 'conflict':
      return decide(stage, problem, pick(random, ['activeCampaign', 'dynamics'] as const));
    case 'several-matches':
    case 'wrong-tags':
      return choose(stage, problem, random);
    default: {
      const subject = toDecideOn(findSubject(stage.store, problem.subject));
      if (random.fraction() < 0.3) {
        dismiss(stage.store, subject);
        return 'dismissed';
      }
      tryAgain(stage.store, subject);
      return 'tried again';
    }
  }
}

function decide(stage: Stage, { subject, field: key }: Problem, winner: 'activeCampaign' | 'dynamics'): string {
  const { store, world } = stage;
  const { link, person, record } = findSubject(store, subject);
  const field = link === null ? undefined : judgedFields(stage, link.entity).find((one) => one.key === key);
  if (link === null || field === undefined || person === null || record === null) return 'gone by now';
  const losing = winner === 'activeCampaign' ? 'dynamics' : 'activeCampaign';
  const raw = losing === 'dynamics' ? (record.columns[field.dynamics] ?? null) : rawValue(person, field.written);
  const known = losing === 'dynamics' ? field.readRow(raw) : field.readPerson(String(raw));
  decideConflict(store, link, key, { winner, losing: raw });
  // Whatever was entered since the program last read was not on the screen.
  const there = world.salesPeople.row(link.entity, record.id);
  const here = world.office.person(Number(person.id));
  if (losing === 'dynamics') {
    if (there !== null && sameReading(known, field.readRow(there.columns[field.dynamics] ?? null)))
      world.ledger.givenUp(record.id, field.dynamics);
  } else if (here !== null && sameReading(known, field.readPerson(fieldOf(here, field.activeCampaign)))) {
    world.ledger.givenUp(Number(person.id), field.activeCampaign);
  }
  return `${winner} wins`;
}

function choose(stage: Stage, { subject }: Problem, random: Random): string {
  const { store, world } = stage;
  const settings = settingsOf(stage.configuration, stage.pairedByHand, world.office);
  const asked = describeMatch(store, settings, subject);
  if (asked === null) return 'asked no more';
  const among = asked.candidates.map(({ id }) => id);
  const row = asked.creates !== null && random.fraction() < 0.3 ? null : pick(random, asked.candidates);
  answerMatch({ store, log: { write: () => {} }, now: world.clock.now() }, settings, { subject: asked.subject, row, among });
  if (row === null) world.notice.saidToBeNone(Number(asked.subject.slice('person:'.length)), among);
  return row === null ? `none of ${among.join(', ')}` : `${row.entity} ${row.id}`;
}
