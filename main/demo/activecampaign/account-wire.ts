import type { Account } from './account.ts';
import type { AutomationRow, FieldRow, ListRow, TagRow } from './rows.ts';
import { date, link, timestamp } from './wire.ts';

/** What the account has besides people, as the service writes it. */

export function tagWire(account: Account, tag: TagRow) {
  return {
    tagType: tag.tagType,
    tag: tag.name,
    description: tag.description,
    subscriber_count: String(account.people.countWithTag(tag.id)),
    cdate: date(account, tag.createdAt),
    created_timestamp: timestamp(account, tag.createdAt),
    updated_timestamp: timestamp(account, tag.updatedAt),
    created_by: null,
    updated_by: null,
    deleted: '0',
    links: { contactGoalTags: link(account, `tags/${tag.id}/contactGoalTags`) },
    id: String(tag.id),
  };
}

export function listWire(account: Account, list: ListRow) {
  const members = account.people.onList(list.id);
  const active = members.filter((person) => person.lists.some((membership) => membership.list === list.id && membership.status === 1));
  return {
    stringid: list.name.toLowerCase().replace(/\W+/g, '-'),
    userid: '1',
    name: list.name,
    cdate: date(account, list.createdAt),
    udate: date(account, list.createdAt),
    deletestamp: null,
    private: '0',
    channel: 'email',
    description: '',
    non_deleted_subscribers: String(members.length),
    active_subscribers: String(active.length),
    links: { user: link(account, `lists/${list.id}/user`), addressLists: link(account, `lists/${list.id}/addressLists`) },
    id: String(list.id),
    user: '1',
  };
}

export function fieldWire(account: Account, field: FieldRow) {
  return {
    title: field.title,
    descript: field.description,
    type: field.type,
    isrequired: '0',
    perstag: field.personalizationTag,
    defval: null,
    show_in_list: '0',
    rows: '0',
    cols: '0',
    visible: '1',
    service: '',
    ordernum: String(field.order),
    cdate: date(account, field.createdAt),
    udate: date(account, field.updatedAt),
    options: field.options.map((option) => String(option.id)),
    relations: field.relations.map((relation) => String(relation.id)),
    links: { options: link(account, `fields/${field.id}/options`), relations: link(account, `fields/${field.id}/relations`) },
    id: String(field.id),
  };
}

export function fieldOptionsWire(account: Account, field: FieldRow) {
  return field.options.map((option) => ({
    field: String(field.id),
    orderid: String(option.order),
    value: option.value,
    label: option.label,
    isdefault: option.isDefault ? '1' : '0',
    cdate: null,
    udate: null,
    links: { field: link(account, `fieldOptions/${option.id}/field`) },
    id: String(option.id),
  }));
}

export function fieldRelationsWire(field: FieldRow) {
  // An object without entries comes as an empty array.
  return field.relations.map(({ id, list }) => ({
    field: String(field.id),
    relid: String(list),
    dorder: '0',
    cdate: null,
    links: [],
    id: String(id),
  }));
}

export function automationWire(account: Account, automation: AutomationRow) {
  return {
    name: automation.name,
    cdate: date(account, automation.createdAt),
    mdate: date(account, automation.createdAt),
    userid: '1',
    status: automation.active ? '1' : '2',
    entered: String(automation.entered),
    exited: '0',
    hidden: '0',
    description: '',
    multientry: '0',
    links: {
      blocks: link(account, `automations/${automation.id}/blocks`),
      contactAutomations: link(account, `automations/${automation.id}/contactAutomations`),
    },
    id: String(automation.id),
  };
}
