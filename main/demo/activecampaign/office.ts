import type { Account } from './account.ts';
import { addOption } from './field-operations.ts';
import type { ImportQueue } from './import-queue.ts';
import {
  addTag,
  changeDetails,
  changeEmail,
  createPerson,
  createTag,
  deletePerson,
  deleteTag,
  enterAutomation,
  findTag,
  type PersonDetails,
  removeTag,
  setFieldValue,
  setListStatus,
  touch,
} from './operations.ts';
import type { PersonRow } from './rows.ts';

/** A person as somebody sees who works in ActiveCampaign: by names, not by ids. */
export interface PersonView {
  readonly id: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  /** By title; fields without a value are absent. */
  readonly fields: Readonly<Record<string, string>>;
  /** In alphabetical order. */
  readonly tags: readonly string[];
  /** Status by name of the list. */
  readonly lists: Readonly<Record<string, number>>;
  readonly bounced: boolean;
  /** ms since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface PersonEdit extends PersonDetails {
  readonly email?: string;
  /** By title. */
  readonly fields?: Readonly<Record<string, string>>;
}

/**
 * The people who work in the sample account and what they do there without the API: what a test or a simulation reads to judge a
 * sync and does to give it work. Every edit happens at the account's current time. Names that do not exist throw.
 */
export interface ActiveCampaignOffice {
  people(): readonly PersonView[];
  person(id: number): PersonView | null;
  personByEmail(email: string): PersonView | null;
  create(email: string, edit?: PersonEdit): PersonView;
  edit(id: number, edit: PersonEdit): void;
  delete(id: number): void;
  /** Makes the tag where there is none of this name. Starts automations. */
  addTag(id: number, name: string): void;
  removeTag(id: number, name: string): void;
  /** Takes it from everybody; a new tag of the same name is another one. */
  deleteTag(name: string): void;
  subscribe(id: number, list: string): void;
  unsubscribe(id: number, list: string): void;
  /** Through the link in a campaign's e-mail. */
  unsubscribeThroughCampaign(id: number, list: string): void;
  bounce(id: number, kind: 'hard' | 'soft'): void;
  enterAutomation(id: number, automation: string): void;
  /** Moves `udate` although nothing that a sync knows has changed. */
  addNote(id: number): void;
  /** Moves `updated_timestamp` alone. */
  openEmail(id: number): void;
  /** Puts an address on the exclusion list: imports leave it out. */
  exclude(email: string): void;
  endNextImportWith(fate: 'failed' | 'interrupted'): void;
  /** Ids by name, for settings and requests. */
  fieldId(title: string): number;
  fieldOptions(title: string): readonly string[];
  /** Under the settings of the field. */
  addFieldOption(title: string, option: string): void;
  listId(name: string): number;
  automationId(name: string): number;
  tagId(name: string): number;
}

const campaign = 12;

export function openOffice(account: Account, imports: ImportQueue): ActiveCampaignOffice {
  const person = (id: number) => required(account.people.get(id), `person ${id}`);
  const list = (name: string) =>
    required(
      account.lists.values().find((row) => row.name === name),
      `list "${name}"`,
    ).id;
  const fieldRow = (title: string) =>
    required(
      account.fields.values().find((row) => row.title === title),
      `custom field "${title}"`,
    );
  const field = (title: string) => fieldRow(title).id;
  const automation = (name: string) =>
    required(
      account.automations.values().find((row) => row.name === name),
      `automation "${name}"`,
    );
  const change = (work: (at: number) => void) => {
    imports.advance();
    account.inOneWrite(() => work(account.now()));
  };
  const write = (row: PersonRow, { email, fields = {}, ...details }: PersonEdit, at: number) => {
    if (email !== undefined) changeEmail(account, row, email, at);
    for (const [title, value] of Object.entries(fields)) setFieldValue(account, row, field(title), value, at);
    changeDetails(account, row, details, at);
  };
  const view = (row: PersonRow | undefined) => (row === undefined ? null : viewOf(account, row));
  const read = <Result>(look: () => Result): Result => {
    imports.advance();
    return look();
  };

  return {
    people: () => read(() => account.people.all().map((row) => viewOf(account, row))),
    person: (id) => read(() => view(account.people.get(id))),
    personByEmail: (email) => read(() => view(account.people.byEmail(email))),
    create(email, edit = {}) {
      if (email !== '' && account.people.byEmail(email) !== undefined)
        throw new Error(`There is a person with the e-mail ${email} already`);
      imports.advance();
      return account.inOneWrite(() => {
        const row = createPerson(account, email, {}, account.now());
        write(row, edit, account.now());
        return viewOf(account, row);
      });
    },
    edit: (id, edit) => change((at) => write(person(id), edit, at)),
    delete: (id) => change(() => deletePerson(account, person(id))),
    addTag: (id, name) =>
      change((at) => {
        addTag(account, person(id), findTag(account, name) ?? createTag(account, name, at), at, { udate: 'moves', automations: 'run' });
      }),
    removeTag: (id, name) =>
      change((at) => {
        const tag = findTag(account, name);
        const link = person(id).tags.find((candidate) => candidate.tag === tag?.id);
        if (link !== undefined) removeTag(account, person(id), link.id, at);
      }),
    deleteTag: (name) =>
      change((at) => {
        const tag = findTag(account, name);
        if (tag !== undefined) deleteTag(account, tag, at);
      }),
    subscribe: (id, name) => change((at) => void setListStatus(account, person(id), list(name), 1, at)),
    unsubscribe: (id, name) => change((at) => void setListStatus(account, person(id), list(name), 2, at)),
    unsubscribeThroughCampaign: (id, name) => change((at) => void setListStatus(account, person(id), list(name), 2, at, { campaign })),
    bounce: (id, kind) =>
      change((at) => {
        const row = person(id);
        if (kind === 'hard') row.hardBounces += 1;
        else row.softBounces += 1;
        row.bouncedAt = at;
        touch(account, row, at);
      }),
    enterAutomation: (id, name) => change((at) => enterAutomation(account, person(id), automation(name), at)),
    addNote: (id) => change((at) => touch(account, person(id), at)),
    openEmail: (id) =>
      change((at) => {
        person(id).touchedAt = at;
        account.people.save(person(id));
      }),
    exclude: (email) => change(() => account.exclusions.put(email.trim().toLowerCase(), true)),
    endNextImportWith: (fate) => imports.endNextWith(fate),
    fieldId: field,
    fieldOptions: (title) => fieldRow(title).options.map(({ value }) => value),
    addFieldOption: (title, option) => change(() => addOption(account, fieldRow(title), option)),
    listId: list,
    automationId: (name) => automation(name).id,
    tagId: (name) => required(findTag(account, name), `tag "${name}"`).id,
  };
}

function required<Row>(row: Row | undefined, what: string): Row {
  if (row === undefined) throw new Error(`The sample account has no ${what}`);
  return row;
}

function viewOf(account: Account, row: PersonRow): PersonView {
  const nameOf = (id: number) => account.tags.get(String(id))?.name ?? '';
  return {
    id: row.id,
    email: row.email,
    firstName: row.firstName,
    lastName: row.lastName,
    phone: row.phone,
    fields: Object.fromEntries(
      row.fields.filter(({ value }) => value !== '').map(({ field, value }) => [account.fields.get(String(field))?.title ?? '', value]),
    ),
    tags: row.tags.map(({ tag }) => nameOf(tag)).sort(),
    lists: Object.fromEntries(row.lists.map(({ list, status }) => [account.lists.get(String(list))?.name ?? '', status])),
    bounced: row.hardBounces + row.softBounces > 0,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
