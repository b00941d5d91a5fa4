/** One way to break the engine, and what the suite must notice of it. */
export interface Mutation {
  readonly name: string;
  /** Where it was when the mutation was written; it may move within `main`. */
  readonly file: string;
  /** Stands there exactly once; white space of any kind counts as the same. */
  readonly find: string;
  readonly replace: string;
  /** The tests that notice it soonest; when they do not, all are asked. */
  readonly noticedBy?: string;
}

export const mutations: readonly Mutation[] = [
  // Writes to Dynamics
  {
    name: 'drops the If-Match of an update',
    noticedBy: 'test/integration/main-job-meanwhile',
    file: 'main/connections/dynamics/write.ts',
    find: "{ 'If-Match': write.etag ?? '*' }",
    replace: "{ 'If-Match': '*' }",
  },
  {
    name: 'creates a row without If-None-Match',
    noticedBy: 'test/integration/main-job-meanwhile',
    file: 'main/connections/dynamics/write.ts',
    find: "{ 'If-None-Match': '*' }",
    replace: "{ 'If-Match': '*' }",
  },
  {
    name: 'takes a changed row for a written one',
    noticedBy: 'test/integration/main-job-meanwhile',
    file: 'main/sync/apply/apply-dynamics.ts',
    find: "    case 'changed-meanwhile':\n",
    replace: "    case 'changed-meanwhile':\n      keepWritten(context, job, null);\n",
  },
  {
    name: 'takes an existing row for a refused creation',
    noticedBy: 'test/integration/main-job-meanwhile',
    file: 'main/sync/apply/apply-dynamics.ts',
    find: "if (job.operation.kind === 'createRecord' && isCreatedUnseen(result)) return;",
    replace: '',
  },
  {
    name: 'takes the default of a new column for an edit',
    noticedBy: 'test/integration/main-job-fields',
    file: 'main/sync/apply/written-row.ts',
    find: "operation.kind === 'createRecord' ? agreedByCreation(context, operation, record) : operation.settles",
    replace: 'operation.settles',
  },
  // Memory
  {
    name: 'moves the cursor before the commit',
    noticedBy: 'test/integration/held-plan',
    file: 'main/sync/read/read-both-sides.ts',
    find: '  return { people: peopleCursor, ...recordsCursors };',
    replace:
      "  const read = { people: peopleCursor, ...recordsCursors };\n  (await import('../../store/meta.ts')).writeMeta(store.database, 'cursors', read);\n  return read;",
  },
  {
    name: 'skips the snapshot',
    noticedBy: 'test/integration/main-job-flows',
    file: 'main/sync/apply/settle.ts',
    find: '  store.links.settle(link.id, settles);\n',
    replace: '',
  },
  {
    name: 'forgets to mark a changed row',
    noticedBy: 'test/unit/sync-store-records',
    file: 'main/store/records.ts',
    find: 'same ? before.plan_state : planState.changed',
    replace: 'before.plan_state',
  },
  {
    name: 'forgets to mark a changed person',
    noticedBy: 'test/unit/sync-store-people',
    file: 'main/store/people.ts',
    find: 'samePlan(before, seenByPlan(person)) ? before.plan_state : planState.changed',
    replace: 'before.plan_state',
  },
  {
    name: 'believes an import without reading it back',
    file: 'main/sync/apply/read-back.ts',
    find: 'if (operation.addTags.some((tag) => !now.tags[tag])) return false;',
    replace: '',
  },
  {
    name: 'writes a person on values that somebody has edited since',
    noticedBy: 'test/integration/main-job-meanwhile',
    file: 'main/sync/apply/up-to-date.ts',
    find: 'if (judged.length === 0) return jobs.filter((job) => !outdated.has(job));',
    replace: 'return jobs.filter((job) => !outdated.has(job));',
  },
  // Identity
  {
    name: 'ignores masterid',
    noticedBy: 'test/unit/sync-observe',
    file: 'main/sync/read/observe.ts',
    find: 'columns.merged === true && winner !== null',
    replace: 'columns.merged === null && winner !== null',
  },
  {
    name: 'ignores that a lead was qualified',
    noticedBy: 'test/unit/sync-observe',
    file: 'main/sync/read/observe.ts',
    find: 'columns.statecode === qualified && contact !== null',
    replace: 'columns.statecode === null && contact !== null',
  },
  {
    name: 'lets two rows under one address sync',
    noticedBy: 'test/unit/sync-plan-entry',
    file: 'main/sync/plan/plan-entry.ts',
    find: 'subject.first !== null && subject.first.id !== record.id',
    replace: 'subject.first !== null && subject.first.id === null',
  },
  {
    name: 'takes the first of several matches',
    noticedBy: 'test/unit/sync-plan-entry',
    file: 'main/sync/plan/match.ts',
    find: 'if (possible.length > 1 && (misprinted',
    replace: 'if (possible.length > 99 && (misprinted',
  },
  {
    name: 'creates a person for a row without a usable address',
    noticedBy: 'test/unit/sync-plan-entry',
    file: 'main/sync/plan/plan-entry.ts',
    find: 'if (!isImportableEmail(email))',
    replace: 'if (email.length === 0)',
  },
  {
    name: 'sends a changed address through an import, which makes a second person',
    noticedBy: 'test/integration/main-job-meanwhile',
    file: 'main/sync/apply/apply-activecampaign.ts',
    find: 'operation.write.email === undefined && operation.removeTags.length === 0',
    replace: 'operation.removeTags.length === 0',
  },
  {
    name: 'brings back a person whose tags were taken away',
    noticedBy: 'test/unit/sync-plan-entry',
    file: 'main/sync/plan/plan-entry.ts',
    find: "if (subject.ended !== null && subject.ended.endedBecause !== 'record-gone') return nothing;",
    replace: '',
  },
  {
    name: 'goes on syncing without the tags',
    noticedBy: 'test/unit/sync-plan-linked',
    file: 'main/sync/plan/plan-linked.ts',
    find: 'if (!own && former === null) return end(',
    replace: 'if (!own && former === null && person.gone) return end(',
  },
  {
    name: 'tags a new contact as a lead, as the misprint in the article has it',
    noticedBy: 'test/unit/sync-plan-entry',
    file: 'main/sync/plan/plan-entry.ts',
    find: "addTags: ['pushed', record.entity]",
    replace: "addTags: ['pushed', 'lead']",
  },
  {
    name: 'says that a person from Dynamics was pulled',
    noticedBy: 'test/unit/sync-plan',
    file: 'main/sync/plan/plan-linked.ts',
    find: "missing.push('pushed')",
    replace: "missing.push('pulled')",
  },
  // Merge
  {
    name: 'empties a value at the first contact',
    noticedBy: 'test/unit/sync-merge',
    file: 'main/sync/plan/merge.ts',
    find: "return toDynamics(input, here, there, 'first-contact-fills-empty');",
    replace: "return toActiveCampaign(input, here, there, 'first-contact-fills-empty');",
  },
  {
    name: 'lets the wrong side win a conflict',
    noticedBy: 'test/unit/sync-merge',
    file: 'main/sync/plan/merge.ts',
    find: "    case 'activeCampaign':\n      return toDynamics(",
    replace: "    case 'activeCampaign':\n      return toActiveCampaign(",
  },
  {
    name: 'overwrites where it should ask',
    noticedBy: 'test/unit/sync-merge',
    file: 'main/sync/plan/merge.ts',
    find: "return { kind: 'conflict', activeCampaign: here, dynamics: there };",
    replace: "return toActiveCampaign(input, here, there, 'conflict-dynamics-wins');",
  },
  {
    name: 'cuts a value that is too long',
    noticedBy: 'test/unit/sync-convert',
    file: 'main/sync/mapping/convert.ts',
    find: 'if (text.length > maxLength) return misfit(',
    replace: 'if (text.length > maxLength) return fits(text.slice(0, maxLength));\n      if (text.length < 0) return misfit(',
  },
  // Consent and Global Sync
  {
    name: 'overlooks an unsubscription',
    noticedBy: 'test/unit/sync-consent',
    file: 'main/sync/consent.ts',
    find: 'if (lists.some((list) => list.status === unsubscribed && list.throughCampaign)) return true;',
    replace: '',
  },
  {
    name: 'lets somebody who opted out join a list',
    noticedBy: 'test/unit/sync-plan-entry',
    file: 'main/sync/plan/plan-entry.ts',
    find: 'joinList: optedOutInDynamics(record.columns) ? null : own.listId',
    replace: 'joinList: own.listId',
  },
  {
    name: 'takes an opt-out back',
    noticedBy: 'test/unit/sync-plan-linked',
    file: 'main/sync/plan/plan-linked.ts',
    find: 'columns: { [optOutColumn]: true }',
    replace: 'columns: { [optOutColumn]: false }',
  },
  {
    name: 'writes to ActiveCampaign while Global Sync is off',
    noticedBy: 'test/unit/sync-merge',
    file: 'main/sync/plan/merge.ts',
    find: "if (!input.mayWriteActiveCampaign) return { kind: 'deferred' };",
    replace: '',
  },
  {
    name: 'forgets what waits for Global Sync',
    noticedBy: 'test/unit/sync-plan-run',
    file: 'main/sync/plan/plan-run.ts',
    find: 'decision.deferred ? planState.waitsForGlobalSync : planState.inPlan',
    replace: 'planState.inPlan',
  },
  // Reading and guarding
  {
    name: 'takes an expired delta link for "nothing changed"',
    file: 'main/sync/read/read-records.ts',
    find: "if (deltaLink !== null) return { mode: 'delta', fingerprint: selection, deltaLink: deltaLink.link ?? cursor.deltaLink };",
    replace: "return { mode: 'delta', fingerprint: selection, deltaLink: deltaLink?.link ?? cursor.deltaLink };",
  },
  {
    name: 'misses edits during the first load',
    file: 'main/sync/read/read-records.ts',
    find: 'if (tracked.startedAt !== null) await readModifiedSince(context, tracked.startedAt);',
    replace: '',
  },
  {
    name: 'never holds a run',
    noticedBy: 'test/unit/sync-guard',
    file: 'main/sync/guard/guards.ts',
    find: 'if (count * 100 > plan.linked * percent)',
    replace: 'if (count * 100 > plan.linked * percent * 1e9)',
  },
  {
    name: 'drops the operations of a run that was broken off',
    noticedBy: 'test/integration/taken-up',
    file: 'main/sync/engine.ts',
    find: 'if (store.outbox.countPending() > 0) await drainOutbox({ ...context, takesUp: true });',
    replace: '',
  },
  {
    name: 'plans on what a run that was broken off had read',
    noticedBy: 'test/simulation/once-broken',
    file: 'main/sync/engine.ts',
    find: 'await drainOutbox({ ...context, takesUp: true });',
    replace:
      "{ await drainOutbox({ ...context, takesUp: true }); if (run.phase === 'applying') return planAndApply(options, settings, prepared, context, run, committedCursors(store)); }",
  },
  {
    name: 'creates a waiting row though somebody has made one since',
    noticedBy: 'test/integration/taken-up',
    file: 'main/sync/apply/still-as-planned.ts',
    find: 'new Set<RecordJob>(await appearedSince(context, jobs))',
    replace: 'new Set<RecordJob>()',
  },
  {
    name: 'writes over a row without versions that was edited while the write waited',
    file: 'main/sync/apply/still-as-planned.ts',
    find: 'for (const job of await editedSince(context, jobs, entity)) outdated.add(job);',
    replace: '{}',
  },
  {
    name: 'forgets who was in a plan that is dropped',
    noticedBy: 'test/unit/sync-plan-run',
    file: 'main/store/outbox.ts',
    find: 'replanPeople.run(); replanRecords.run();',
    replace: '',
  },
  {
    name: 'forgets the heir of a row whose link ends',
    noticedBy: 'test/integration/main-job-identity',
    file: 'main/sync/plan/commit.ts',
    find: 'freeEmails(store, link); planSuccessors(store, link);',
    replace: 'freeEmails(store, link);',
  },
  {
    name: 'overlooks a list that an opted-out person is put on while the person is made',
    noticedBy: 'test/integration/main-job-consent',
    file: 'main/sync/apply/read-back.ts',
    find: 'const optedOut = optedOutThere || optedOutInActiveCampaign(now.lists);',
    replace: 'const optedOut = optedOutInActiveCampaign(now.lists);',
  },
  {
    name: 'looks for deleted rows by the clock of this machine',
    noticedBy: 'test/simulation/once-broken',
    file: 'main/sync/read/read-records.ts',
    find: 'Math.abs(serverNow - cursor.comparedAt) < dayMs',
    replace: 'context.now() - cursor.comparedAt < dayMs',
  },
  {
    name: 'takes a person for deleted when a tag is',
    noticedBy: 'test/integration/main-job-tags',
    file: 'main/sync/apply/apply-activecampaign.ts',
    find: "error.code === 'not-found' && job.link.personId !== null && !(await isThere(context, job.link.personId))",
    replace: "error.code === 'not-found' && job.link.personId !== null",
  },
  {
    name: 'goes on under the ids of tags that are deleted',
    noticedBy: 'test/integration/main-job-tags',
    file: 'main/sync/read/read-people.ts',
    find: 'await refuseDeletedTags(client, context.tagIds, listed);',
    replace: '',
  },
  {
    name: 'goes on with another organisation',
    noticedBy: 'test/integration/bad-input.test',
    file: 'main/sync/prepare.ts',
    find: 'if (known.organizationId !== organizationId) {',
    replace: "if (organizationId === '') {",
  },
  {
    name: 'writes although the run is held',
    noticedBy: 'test/integration/held-plan',
    file: 'main/sync/engine.ts',
    find: 'if (held !== null && !held.released) {',
    replace: 'if (held !== null && held.cursors === null) {',
  },
  {
    name: 'takes for gone whom a short page did not show',
    file: 'main/sync/read/sweep-people.ts',
    find: 'ids.filter((id) => !met.has(id))',
    replace: '[...ids]',
  },
  {
    name: 'writes somebody whose opt-out is still under way',
    file: 'main/sync/apply/apply-activecampaign.ts',
    find: 'importable.filter((job) => !optsOut(context, job))',
    replace: 'importable',
  },
  {
    name: 'writes one by one whom a failed import has left',
    file: 'main/sync/apply/import-people.ts',
    find: 'job.entry.attempts + 1',
    replace: 'importTries',
  },
];
