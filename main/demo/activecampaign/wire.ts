import { createHash } from 'node:crypto';
import type { Account } from './account.ts';
import type {
  AutomationRow,
  AutomationRunRow,
  FieldRow,
  FieldValueRow,
  ListMembershipRow,
  ListRow,
  PersonRow,
  TagLinkRow,
  TagRow,
} from './rows.ts';
import { wallClock, withOffset } from './zone.ts';

/**
 * Rows as the service writes them: ids, counts and flags as text, dates with the account's offset, four `*_timestamp` keys that all
 * hold the account's wall clock, `null`, `""` and `0000-00-00` side by side for what is empty.
 */

export const date = (account: Account, time: number) => withOffset(account.variant.dateZone, time);
const dateOrNull = (account: Account, time: number | null) => (time === null ? null : date(account, time));
const clock = (account: Account, time: number) => wallClock(account.variant.dateZone, time);

export function link(account: Account, path: string): string {
  return `${account.host}/api/3/${path}`;
}

export function contactWire(account: Account, person: PersonRow): Record<string, unknown> {
  const created = clock(account, person.createdAt);
  const updated = clock(account, person.touchedAt);
  return {
    cdate: date(account, person.createdAt),
    email: person.email,
    phone: person.phone,
    firstName: person.firstName,
    lastName: person.lastName,
    orgid: '0',
    orgname: person.organization,
    segmentio_id: '',
    bounced_hard: String(person.hardBounces),
    bounced_soft: String(person.softBounces),
    bounced_date: person.bouncedAt === null ? '0000-00-00' : date(account, person.bouncedAt).slice(0, 10),
    ip: '0',
    ua: null,
    hash: createHash('md5').update(`${person.id}`).digest('hex'),
    socialdata_lastcheck: null,
    email_local: '',
    email_domain: person.email.split('@')[1] ?? '',
    sentcnt: '0',
    rating_tstamp: null,
    gravatar: '0',
    deleted: '0',
    anonymized: '0',
    adate: null,
    udate: date(account, person.updatedAt),
    edate: null,
    deleted_at: null,
    created_utc_timestamp: created,
    updated_utc_timestamp: updated,
    created_timestamp: created,
    updated_timestamp: updated,
    created_by: null,
    updated_by: '0',
    mpp_tracking: '0',
    sms_consent: '0',
    sms_consent_updated_at: '0000-00-00 00:00:00',
    links: {
      contactLists: link(account, `contacts/${person.id}/contactLists`),
      contactTags: link(account, `contacts/${person.id}/contactTags`),
      fieldValues: link(account, `contacts/${person.id}/fieldValues`),
      contactAutomations: link(account, `contacts/${person.id}/contactAutomations?limit=2500&orders%5Blastdate%5D=DESC`),
    },
    id: String(person.id),
    organization: null,
  };
}

export function contactTagWire(account: Account, person: PersonRow, tag: TagLinkRow) {
  const made = clock(account, tag.createdAt);
  return {
    contact: String(person.id),
    tag: String(tag.tag),
    cdate: date(account, tag.createdAt),
    created_timestamp: made,
    updated_timestamp: made,
    created_by: null,
    updated_by: null,
    links: { tag: link(account, `contactTags/${tag.id}/tag`), contact: link(account, `contactTags/${tag.id}/contact`) },
    id: String(tag.id),
  };
}

export function contactListWire(account: Account, person: PersonRow, membership: ListMembershipRow) {
  const changed = clock(account, membership.unsubscribedAt ?? membership.subscribedAt ?? person.createdAt);
  return {
    contact: String(person.id),
    list: String(membership.list),
    form: null,
    seriesid: '0',
    sdate: dateOrNull(account, membership.subscribedAt),
    udate: dateOrNull(account, membership.unsubscribedAt),
    status: String(membership.status),
    responder: '1',
    sync: '0',
    unsubreason: '',
    campaign: membership.campaign === null ? null : String(membership.campaign),
    message: null,
    first_name: person.firstName,
    last_name: person.lastName,
    ip4Sub: '0',
    sourceid: '4',
    autosyncLog: null,
    ip4_last: '0',
    ip4Unsub: '0',
    created_timestamp: changed,
    updated_timestamp: changed,
    created_by: '0',
    updated_by: '0',
    unsubscribeAutomation: null,
    channel: 'email',
    links: { list: link(account, `contactLists/${membership.id}/list`), contact: link(account, `contactLists/${membership.id}/contact`) },
    id: String(membership.id),
    automation: null,
  };
}

export function fieldValueWire(account: Account, person: PersonRow, value: FieldValueRow) {
  return {
    contact: String(person.id),
    field: String(value.field),
    value: value.value,
    cdate: date(account, value.createdAt),
    udate: date(account, value.updatedAt),
    created_by: '0',
    updated_by: '0',
    links: { owner: link(account, `fieldValues/${value.id}/owner`), field: link(account, `fieldValues/${value.id}/field`) },
    id: String(value.id),
    owner: String(person.id),
  };
}

export function tagWire(account: Account, tag: TagRow) {
  return {
    tagType: tag.tagType,
    tag: tag.name,
    description: tag.description,
    subscriber_count: String(account.people.withTag(tag.id).length),
    cdate: date(account, tag.createdAt),
    created_timestamp: clock(account, tag.createdAt),
    updated_timestamp: clock(account, tag.updatedAt),
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

export function automationRunWire(account: Account, run: AutomationRunRow) {
  return {
    contact: String(run.person),
    seriesid: String(run.automation),
    startid: '0',
    status: '2',
    batchid: null,
    adddate: date(account, run.enteredAt),
    remdate: date(account, run.enteredAt),
    timespan: '0',
    lastblock: '0',
    lastlogid: '0',
    lastdate: date(account, run.enteredAt),
    in_als: '0',
    // Not to be relied on: 0 also where `completed` is 1, as in the documentation's own example.
    completedElements: 0,
    totalElements: '1',
    completed: 1,
    completeValue: 100,
    links: {
      automation: link(account, `contactAutomations/${run.id}/automation`),
      contact: link(account, `contactAutomations/${run.id}/contact`),
    },
    id: String(run.id),
    automation: String(run.automation),
  };
}
