import type { Account } from './account.ts';
import type { FieldRow } from './rows.ts';

/** A field without options, at the end of the account's fields. The personalisation tag is derived from the title where it is empty. */
export function addField(
  account: Account,
  field: { readonly title: string; readonly type: string; readonly description?: string; readonly personalizationTag?: string },
): FieldRow {
  const at = account.now();
  const personalizationTag = (field.personalizationTag || field.title).toUpperCase().replace(/\W+/g, '_');
  const row: FieldRow = {
    id: account.nextId('fields'),
    title: field.title,
    type: field.type,
    personalizationTag,
    description: field.description ?? '',
    order: account.fields.size + 1,
    options: [],
    relations: [],
    createdAt: at,
    updatedAt: at,
  };
  account.fields.put(String(row.id), row);
  return row;
}

/** Adds one option; answers its id. */
export function addOption(
  account: Account,
  field: FieldRow,
  value: string,
  more: { label?: string; order?: number; isDefault?: boolean } = {},
): number {
  const id = account.nextId('fieldOptions');
  const order = more.order ?? field.options.length + 1;
  field.options.push({ id, value, label: more.label ?? value, order, isDefault: more.isDefault ?? false });
  account.fields.put(String(field.id), field);
  return id;
}

/** Shows the field on a list; 0 stands for all lists. Answers the id of the relation. */
export function addRelation(account: Account, field: FieldRow, list: number): number {
  const id = account.nextId('fieldRels');
  field.relations.push({ id, list });
  account.fields.put(String(field.id), field);
  return id;
}
