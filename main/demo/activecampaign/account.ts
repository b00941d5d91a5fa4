import type { SampleCollection, SampleStore } from '../sample-store.ts';
import { openPeopleTable, type PeopleTable } from './people-table.ts';
import {
  type AutomationRow,
  type AutomationRunRow,
  automationRow,
  automationRunRow,
  type FieldRow,
  fieldRow,
  type ImportBatchRow,
  importBatchRow,
  type ListRow,
  listRow,
  type TagRow,
  tagRow,
} from './rows.ts';
import type { ActiveCampaignVariant } from './variant.ts';

/** Everything that one sample account is: its rows, its behaviour, its clock. */
export interface Account {
  /** `https://NAME.activehosted.com`, as the account calls itself in links whatever address it was reached under. */
  readonly host: string;
  readonly variant: ActiveCampaignVariant;
  readonly people: PeopleTable;
  readonly tags: SampleCollection<TagRow>;
  readonly fields: SampleCollection<FieldRow>;
  readonly lists: SampleCollection<ListRow>;
  readonly automations: SampleCollection<AutomationRow>;
  readonly automationRuns: SampleCollection<AutomationRunRow>;
  readonly importBatches: SampleCollection<ImportBatchRow>;
  /** Lower-case addresses that the account never takes in by import. */
  readonly exclusions: SampleCollection<true>;
  /** Ids are never given twice, also not after a deletion or a restart. */
  nextId(table: IdTable): number;
  /** Makes sure that `nextId` never gives `id`, which a row of the seed has. */
  reserveId(table: IdTable, id: number): void;
  inOneWrite: SampleStore['inOneWrite'];
  /** Now, in ms since the epoch, cut to whole seconds: no date of the service is finer. */
  now(): number;
}

export type IdTable =
  | 'contacts'
  | 'tags'
  | 'contactTags'
  | 'fields'
  | 'fieldOptions'
  | 'fieldRels'
  | 'fieldValues'
  | 'lists'
  | 'contactLists'
  | 'automations'
  | 'contactAutomations';

export interface AccountSetting {
  readonly store: SampleStore;
  readonly clock: { now(): number };
  readonly variant: ActiveCampaignVariant;
  readonly name: string;
}

export function openAccount({ store, clock, variant, name }: AccountSetting): Account {
  const lastIds = store.collection('activeCampaign.lastIds', (stored) => Number(stored));
  return {
    host: `https://${name}.activehosted.com`,
    variant,
    people: openPeopleTable(store),
    tags: store.collection('activeCampaign.tags', (stored) => tagRow.parse(stored)),
    fields: store.collection('activeCampaign.fields', (stored) => fieldRow.parse(stored)),
    lists: store.collection('activeCampaign.lists', (stored) => listRow.parse(stored)),
    automations: store.collection('activeCampaign.automations', (stored) => automationRow.parse(stored)),
    automationRuns: store.collection('activeCampaign.automationRuns', (stored) => automationRunRow.parse(stored)),
    importBatches: store.collection('activeCampaign.importBatches', (stored) => importBatchRow.parse(stored)),
    exclusions: store.collection('activeCampaign.exclusions', () => true),
    nextId(table) {
      const id = (lastIds.get(table) ?? 0) + 1;
      lastIds.put(table, id);
      return id;
    },
    reserveId(table, id) {
      if (id > (lastIds.get(table) ?? 0)) lastIds.put(table, id);
    },
    inOneWrite: (change) => store.inOneWrite(change),
    now: () => Math.floor(clock.now() / 1000) * 1000,
  };
}
