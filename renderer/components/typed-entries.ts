/** The entries of a record in their order, with the keys as they are typed. For objects that are written out, as tables of names are. */
export function typedEntries<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}
