/**
 * Why a link between a person and a row ended.
 *
 * - `tags-removed`: the person lost the pair of tags. - `record-gone`, `person-gone`: one side was deleted.
 * - `entity-changed`: the tags name the other entity now. - `superseded`: the row that stands for the linked one has a person already.
 */
export const linkEnds = ['tags-removed', 'record-gone', 'person-gone', 'entity-changed', 'superseded'] as const;
export type LinkEnd = (typeof linkEnds)[number];
