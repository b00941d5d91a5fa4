import type { Entity } from '../../../shared/entity.ts';
import type { MembershipTags, TagKey } from '../../../shared/tags.ts';
import type { ObservedPerson } from '../../store/observed.ts';
import type { Decision } from './decision.ts';
import type { Operation } from './operations.ts';

/**
 * People whom an automation asks to be created. They are planned as if they carried the pair of tags already, and the plan gives them what
 * they lack of it. Pure.
 */

const pairOf = (entity: Entity): readonly TagKey[] => ['pulled', entity];

export const asInvited = (person: ObservedPerson, entity: Entity): ObservedPerson => ({
  ...person,
  tags: { ...person.tags, pulled: true, [entity]: true },
});

/** @param tags that the person carries. @param email under which the person is known. */
export function givingPair(decision: Decision, entity: Entity, tags: MembershipTags, email: string): Decision {
  if (decision.link.kind === 'none' || decision.operations.some(({ kind }) => kind === 'endLink')) return decision;
  const lacking = pairOf(entity).filter((tag) => !tags[tag]);
  const merged = decision.operations.map((operation) =>
    operation.kind === 'writePerson' ? withTags(operation, lacking, tags) : operation,
  );
  const writes = decision.operations.some((operation) => operation.kind === 'writePerson');
  return { ...decision, operations: writes ? merged : [giveTags(email, lacking), ...decision.operations] };
}

type PersonWriting = Extract<Operation, { kind: 'writePerson' }>;

/** What was to be taken away of a tag that is only assumed is not given in the first place. */
function withTags(operation: PersonWriting, lacking: readonly TagKey[], tags: MembershipTags): PersonWriting {
  const wanted = lacking.filter((tag) => !operation.removeTags.includes(tag));
  return {
    ...operation,
    addTags: [...new Set([...wanted, ...operation.addTags])],
    removeTags: operation.removeTags.filter((tag) => tags[tag]),
    invites: true,
  };
}

const giveTags = (email: string, addTags: TagKey[]): PersonWriting => ({
  kind: 'writePerson',
  email,
  write: {},
  addTags,
  removeTags: [],
  joinList: null,
  changes: [],
  settles: {},
  invites: true,
});
