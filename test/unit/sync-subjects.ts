import type { CustomField, ListMembership } from '../../main/connections/activecampaign/types.ts';
import type { Column, ColumnType, ColumnValue, TableDefinition } from '../../main/connections/dynamics/types.ts';
import type { Link, ObservedPerson, ObservedRecord } from '../../main/store/observed.ts';
import { compileFieldMap, type FieldMap } from '../../main/sync/mapping/field-map.ts';
import type { EntityRules, PlanRules } from '../../main/sync/plan/rules.ts';
import type { Entity } from '../../shared/entity.ts';
import type { ActiveCampaignFieldType } from '../../shared/field-pairs.ts';
import { activeCampaignId, type DynamicsId, dynamicsId } from '../../shared/ids.ts';
import type { Mapping } from '../../shared/settings.ts';
import type { TagKey } from '../../shared/tags.ts';

/** People, rows and rules for tests of the planner, each with what the test does not speak of filled in. */

/** The n-th row id of a test: they sort by n. */
export const rowId = (number: number): DynamicsId => dynamicsId(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);

export const column = (name: string, type: ColumnType, traits: Partial<Column> = {}): Column => ({
  name,
  label: name,
  type,
  required: 'none',
  readable: true,
  creatable: true,
  updatable: true,
  secured: false,
  ...traits,
});

export const table = (entity: Entity, columns: readonly Column[]): TableDefinition => ({
  entity,
  entitySetName: `${entity}s`,
  changeTracking: true,
  optimisticConcurrency: true,
  columns,
});

export const customField = (id: number, type: ActiveCampaignFieldType | null, options: readonly string[] = []): CustomField => ({
  id: String(id),
  title: `Field ${id}`,
  type,
  options: options.map((value, index) => ({ id: String(index + 1), value })),
});

const text = (maxLength: number): ColumnType => ({ kind: 'text', maxLength });

/** The columns and fields that the rules of a test map, one of each way to compare. */
const columns: readonly Column[] = [
  column('emailaddress1', text(100)),
  column('firstname', text(50)),
  column('lastname', text(50)),
  column('telephone1', text(20)),
  column('companyname', text(100)),
  column('numberofemployees', { kind: 'wholeNumber', min: 0, max: 1000 }),
  column('leadsourcecode', {
    kind: 'choice',
    options: [
      { value: 1, label: 'Advertisement' },
      { value: 2, label: 'Referral' },
    ],
  }),
  column('estimatedclosedate', { kind: 'dateTime', behavior: 'dateOnly', format: 'dateOnly' }),
];
const fields: readonly CustomField[] = [
  customField(1, 'text'),
  customField(2, 'number'),
  customField(3, 'dropdown', ['Advertisement', 'Referral']),
  customField(4, 'date'),
];

export const names: readonly Mapping[] = [
  { dynamics: 'firstname', activeCampaign: 'firstName', direction: 'both' },
  { dynamics: 'lastname', activeCampaign: 'lastName', direction: 'both' },
];

export const allFields: readonly Mapping[] = [
  ...names,
  { dynamics: 'telephone1', activeCampaign: 'phone', direction: 'toDynamics' },
  { dynamics: 'companyname', activeCampaign: 'field:1', direction: 'toActiveCampaign' },
  { dynamics: 'numberofemployees', activeCampaign: 'field:2', direction: 'both' },
  { dynamics: 'leadsourcecode', activeCampaign: 'field:3', direction: 'both' },
  { dynamics: 'estimatedclosedate', activeCampaign: 'field:4', direction: 'both' },
];

function fieldMap(entity: Entity, mappings: readonly Mapping[]): FieldMap {
  const { map, unusable } = compileFieldMap(table(entity, columns), mappings, fields, 'UTC', () => null);
  if (unusable.length > 0) throw new Error(unusable.map(({ message }) => message).join('; '));
  return map;
}

export interface RulesGiven extends Partial<Omit<PlanRules, 'entities'>> {
  readonly lead?: Partial<EntityRules>;
  readonly contact?: Partial<EntityRules>;
  readonly mappings?: readonly Mapping[];
}

/** Both entities on, both ways, Dynamics wins, Global Sync on; the names are mapped. Row ids count up from 901. */
export function rules({ lead, contact, mappings = names, ...given }: RulesGiven = {}): PlanRules {
  const own = (entity: Entity): EntityRules => ({
    enabled: true,
    direction: 'both',
    conflictWinner: 'dynamics',
    listId: null,
    map: fieldMap(entity, mappings),
    creation: {
      missingLastName: 'useEmail',
      lastNameLength: 50,
      topic: entity === 'lead' ? { template: 'ActiveCampaign: {name}', length: 300 } : null,
      requiredColumns: [],
    },
  });
  let made = 900;
  return {
    entities: { lead: { ...own('lead'), ...lead }, contact: { ...own('contact'), ...contact } },
    globalSync: true,
    syncOptOut: true,
    newId: () => {
      made += 1;
      return rowId(made);
    },
    ...given,
  };
}

export interface PersonGiven extends Partial<Omit<ObservedPerson, 'id' | 'tags' | 'values'>> {
  readonly id?: number;
  readonly tags?: readonly TagKey[];
  readonly values?: Readonly<Record<string, string>>;
}

/** Ada, without a tag or a list. */
export function person({ id = 1, tags = [], values = {}, ...given }: PersonGiven = {}): ObservedPerson {
  return {
    id: activeCampaignId(id),
    email: 'ada@example.com',
    tags: {
      lead: tags.includes('lead'),
      contact: tags.includes('contact'),
      pulled: tags.includes('pulled'),
      pushed: tags.includes('pushed'),
    },
    tagLinks: Object.fromEntries(tags.map((tag, index) => [tag, String(index + 1)])),
    values: { firstName: 'Ada', lastName: 'Byron', ...values },
    lists: [],
    updatedAt: Date.UTC(2026, 0, 10),
    bounced: false,
    gone: false,
    ...given,
  };
}

export interface RecordGiven extends Partial<Omit<ObservedRecord, 'entity' | 'id' | 'columns'>> {
  readonly columns?: Readonly<Record<string, ColumnValue>>;
}

/** An open row for Ada that meets the criteria. */
function record(entity: Entity, number: number, { columns: own = {}, ...given }: RecordGiven = {}): ObservedRecord {
  return {
    entity,
    id: rowId(number),
    etag: `W/"${number}"`,
    columns: {
      emailaddress1: 'ada@example.com',
      firstname: 'Ada',
      lastname: 'Byron',
      statecode: 0,
      donotbulkemail: false,
      donotemail: false,
      ...own,
    },
    modifiedAt: Date.UTC(2026, 0, 10),
    createdAt: Date.UTC(2025, 0, number),
    succeededBy: null,
    meetsCriteria: true,
    gone: false,
    ...given,
  };
}

export const lead = (number: number, given: RecordGiven = {}): ObservedRecord => record('lead', number, given);
export const contact = (number: number, given: RecordGiven = {}): ObservedRecord => record('contact', number, given);

/** What Ada's two sides agree on while nobody has changed anything. */
export const agreedOnAda: Link['agreed'] = {
  'emailaddress1=email': 'ada@example.com',
  'firstname=firstName': 'Ada',
  'lastname=lastName': 'Byron',
};

/** An active link between person 1 and a row. */
export function link(row: ObservedRecord, given: Partial<Link> = {}): Link {
  return {
    id: 1,
    state: 'active',
    entity: row.entity,
    dynamicsId: row.id,
    personId: activeCampaignId(1),
    origin: 'pushed',
    agreed: agreedOnAda,
    decided: {},
    endedBecause: null,
    ...given,
  };
}

export const subscribed = (listId: string): ListMembership => ({ listId, status: 1, throughCampaign: false });
export const unsubscribed = (listId: string, throughCampaign = false): ListMembership => ({ listId, status: 2, throughCampaign });
