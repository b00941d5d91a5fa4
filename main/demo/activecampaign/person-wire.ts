import { createHash } from 'node:crypto';
import type { Account } from './account.ts';
import type { AutomationRunRow, FieldValueRow, ListMembershipRow, PersonRow, TagLinkRow } from './rows.ts';
import { date, link, timestamp } from './wire.ts';

/**
 * A person and what hangs on it as the service writes them: ids, counts and flags as text; `null`, `""` and `0000-00-00` side by
 * side for what is empty.
 */

const dateOrNull = (account: Account, time: number | null) => (time === null ? null : date(account, time));

export function contactWire(account: Account, person: PersonRow): Record<string, unknown> {
  const created = timestamp(account, person.createdAt);
  const updated = timestamp(account, person.touchedAt);
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
  const made = timestamp(account, tag.createdAt);
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
  const changed = timestamp(account, membership.unsubscribedAt ?? membership.subscribedAt ?? person.createdAt);
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
