import type { DynamicsId } from '../../../../shared/ids.ts';
import { dynamicsId } from '../../../../shared/ids.ts';
import type { ColumnValue } from '../../../connections/dynamics/types.ts';
import type { SampleRow } from '../../data-set/types.ts';
import { invalidArgument } from '../dataverse-error.ts';
import { salesPeople, users } from '../environment.ts';
import type { Environment } from '../requests/call.ts';
import type { Columns } from '../rows/stored-row.ts';
import type { TableSchema } from '../schema/table.ts';
import { parseValue } from '../writes/parse-value.ts';
import { mergeRows } from './merge.ts';
import { qualifyLead } from './qualify.ts';

export type PersonTable = 'lead' | 'contact';

/**
 * The other side: people who work in Dynamics itself while the product syncs. Columns are named as in answers
 * (`_parentcustomerid_value`); values are checked as the service checks them.
 * Every method throws DataverseError for what the service would refuse.
 */
export interface SalesPeople {
  row(table: PersonTable, id: string): SampleRow | null;
  rows(table: PersonTable): IterableIterator<SampleRow>;
  count(table: PersonTable): number;
  create(table: PersonTable, columns: Columns): DynamicsId;
  edit(table: PersonTable, id: string, columns: Columns): void;
  delete(table: PersonTable, id: string): void;
  /** Answers the contact that came out of the lead. */
  qualify(leadId: string): DynamicsId;
  disqualify(leadId: string): void;
  merge(table: PersonTable, winnerId: string, loserId: string): void;
  /** Ticks "Do not allow Bulk Emails". */
  optOut(table: PersonTable, id: string): void;
}

export function createSalesPeople(environment: Environment): SalesPeople {
  const { database, writer, random } = environment;
  let turn = 0;
  const nextPerson = () => {
    turn += 1;
    return salesPeople[turn % salesPeople.length] ?? users.ingrid;
  };
  const edit: SalesPeople['edit'] = (name, id, columns) => {
    const table = database.table(name);
    database.atomically(() => writer.update(table, id, checked(columns, table.schema), nextPerson()));
  };

  return {
    row(name, id) {
      const row = database.table(name).get(id);
      return row === undefined ? null : { id: dynamicsId(row.id), columns: row.columns };
    },
    *rows(name) {
      for (const row of database.table(name).values()) yield { id: dynamicsId(row.id), columns: row.columns };
    },
    count: (name) => database.table(name).size,
    create(name, columns) {
      const table = database.table(name);
      const row = database.atomically(() => writer.create(table, random.uuid(), checked(columns, table.schema), nextPerson()));
      return dynamicsId(row.id);
    },
    edit,
    delete: (name, id) => database.atomically(() => writer.delete(database.table(name), id)),
    qualify(leadId) {
      const { contact } = qualifyLead(environment, leadId, { createContact: true, createAccount: false }, nextPerson());
      if (contact === null) throw new Error('Qualifying made no contact');
      return dynamicsId(contact.id);
    },
    disqualify: (leadId) => edit('lead', leadId, { statecode: 2, statuscode: 4 }),
    merge: (name, winnerId, loserId) => mergeRows(environment, name, winnerId, loserId, {}, nextPerson()),
    optOut: (name, id) => edit(name, id, { donotbulkemail: true }),
  };
}

function checked(columns: Columns, schema: TableSchema): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, value]): [string, ColumnValue] => {
      const column = schema.properties.get(name);
      if (column === undefined) throw invalidArgument(`'${schema.logicalName}' has no column '${name}'.`);
      return [name, column.type.kind === 'lookup' ? value : parseValue(value, column, schema)];
    }),
  );
}
