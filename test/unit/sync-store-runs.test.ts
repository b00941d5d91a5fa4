import { beforeEach, describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../main/store/journal.ts';
import { openDatabase } from '../../main/store/open.ts';
import type { NewProblem } from '../../main/store/problems.ts';
import { noCounts } from '../../main/store/runs.ts';
import { openSyncStore, type SyncStore } from '../../main/store/sync-store.ts';
import { rowId } from './sync-subjects.ts';

let store: SyncStore;
beforeEach(() => {
  store = openSyncStore(openDatabase(':memory:'));
});

const problem = (given: Partial<NewProblem> = {}): NewProblem => ({
  subject: 'person:1',
  field: '',
  reason: 'no-email',
  message: 'The person has no e-mail address',
  advice: 'Give them one.',
  email: null,
  run: 1,
  ...given,
});

describe('the problems of a subject', () => {
  test('are told once: a replacement answers only what is new or says something else', () => {
    const name = problem({ field: 'firstname=firstName', reason: 'value-too-long', message: 'it has 51 characters' });
    const longer = { ...name, message: 'it has 52 characters' };
    expect([
      store.problems.replace('person:1', [problem()], 10),
      store.problems.replace('person:1', [problem({ run: 2 }), name], 20),
      store.problems.replace('person:1', [problem({ run: 3 }), longer], 30),
      store.problems.replace('person:1', [], 40),
      store.problems.replace('person:1', [problem({ run: 5 })], 50),
    ]).toEqual([[problem()], [name], [longer], [], [problem({ run: 5 })]]);
  });

  test("are those of the last time, and nobody else's are touched", () => {
    store.problems.replace('person:2', [problem({ subject: 'person:2' })], 5);
    store.problems.replace('person:1', [problem(), problem({ field: 'a=b', reason: 'conflict' })], 10);
    store.problems.replace('person:1', [problem({ field: 'a=b', reason: 'conflict' })], 20);
    expect(store.problems.all(10).map(({ subject, field }) => [subject, field])).toEqual([
      ['person:1', 'a=b'],
      ['person:2', ''],
    ]);
  });

  test('count their tries since they began, and begin anew with another reason', () => {
    store.problems.add(problem(), 10);
    store.problems.add(problem({ message: 'other words', run: 2 }), 20);
    const same = store.problems.all(1);
    store.problems.add(problem({ reason: 'bounced', run: 3 }), 30);
    expect([...same, ...store.problems.all(1)]).toEqual([
      { ...problem({ message: 'other words', run: 2 }), since: 10, attempts: 2, dismissed: false },
      { ...problem({ reason: 'bounced', run: 3 }), since: 30, attempts: 1, dismissed: false },
    ]);
  });

  test('that are dismissed are not counted, until they say something else', () => {
    store.problems.add(problem(), 1);
    store.problems.setDismissed('person:1', true);
    store.problems.replace('person:1', [problem({ run: 2 })], 2);
    const same = store.problems.countByReason();
    store.problems.replace('person:1', [problem({ message: 'other words' })], 3);
    expect([same, store.problems.countByReason()]).toEqual([{}, { 'no-email': 1 }]);
  });

  test('are counted by reason', () => {
    store.problems.add(problem(), 1);
    store.problems.add(problem({ subject: 'person:2' }), 1);
    store.problems.add(problem({ subject: 'person:3', reason: 'bounced' }), 1);
    expect(store.problems.countByReason()).toEqual({ 'no-email': 2, bounced: 1 });
  });
});

describe('the journal', () => {
  const entry = (given: Partial<JournalEntry> = {}): JournalEntry => ({
    run: 1,
    time: 100,
    service: 'dynamics',
    entity: 'lead',
    dynamicsId: rowId(1),
    personId: '16',
    email: 'ada@example.com',
    field: 'firstname',
    oldValue: 'null',
    newValue: '"Ada"',
    rule: 'new-record',
    answer: 'Status 200',
    ...given,
  });

  test('tells each run what it wrote, in order', () => {
    const written = [entry(), entry({ field: 'lastname', personId: null, email: null }), entry({ run: 2 })];
    for (const each of written) store.journal.add(each);
    expect([store.journal.ofRun(1), store.journal.ofRun(2), store.journal.ofRun(3)]).toEqual([written.slice(0, 2), written.slice(2), []]);
  });

  test('keeps what is not older than it is told to', () => {
    for (const time of [99, 100, 101]) store.journal.add(entry({ time }));
    expect([store.journal.prune(100), store.journal.ofRun(1).map(({ time }) => time)]).toEqual([1, [100, 101]]);
  });
});

describe('a run', () => {
  const counts = { ...noCounts, optOuts: 3 };

  test('goes from reading over applying to its end', () => {
    const { number } = store.runs.start('initial', 10);
    const reading = store.runs.unfinished();
    store.runs.setPhase(number, 'applying');
    store.runs.saveCounts(number, counts);
    const applying = store.runs.unfinished();
    const finished = store.runs.finish(number, 'held', counts, 20, 'updates');
    const run = { number, kind: 'initial', outcome: null, guard: null, startedAt: 10, finishedAt: null };
    expect([reading, applying, finished, store.runs.unfinished(), store.runs.last()]).toEqual([
      { ...run, phase: 'reading', counts: noCounts },
      { ...run, phase: 'applying', counts },
      { ...run, phase: 'finished', outcome: 'held', guard: 'updates', finishedAt: 20, counts },
      null,
      finished,
    ]);
  });

  test('has the number after the last one; the latest come first', () => {
    for (const startedAt of [1, 2, 3]) store.runs.start('scheduled', startedAt);
    expect(store.runs.latest(2).map(({ number }) => number)).toEqual([3, 2]);
  });

  test('is forgotten when it ended long ago, and never while it has not ended', () => {
    for (const finishedAt of [10, 20]) store.runs.finish(store.runs.start('scheduled', 1).number, 'ok', noCounts, finishedAt, null);
    store.runs.start('scheduled', 1);
    store.runs.prune(20);
    expect(store.runs.latest(10).map(({ finishedAt }) => finishedAt)).toEqual([null, 20]);
  });
});
