import { z } from 'zod';
import { fieldOptionsWire, fieldRelationsWire, fieldWire } from './account-wire.ts';
import { type Answer, badRequest, created, notFound, ok, sentId, sentText, unprocessable, wrapped } from './answer.ts';
import type { Call, Endpoint } from './call.ts';
import { addField, addOption, addRelation } from './field-operations.ts';
import { setFieldValue, touch } from './operations.ts';
import { idParameter, page } from './paging.ts';
import { contactWire, fieldValueWire } from './person-wire.ts';
import type { FieldRow } from './rows.ts';

/** https://developers.activecampaign.com/reference/fields and .../create-fieldvalue */
export const fieldEndpoints: readonly Endpoint[] = [
  ['GET', '/fields', listFields],
  ['GET', '/fields/:id/options', listOptions],
  ['POST', '/fields', create],
  ['POST', '/fieldOption/bulk', addOptions],
  ['POST', '/fieldRels', relate],
  ['GET', '/fieldValues', listValues],
  ['POST', '/fieldValues', writeValue],
];

const fieldTypes = ['text', 'textarea', 'hidden', 'date', 'datetime', 'number', 'dropdown', 'radio', 'checkbox', 'listbox'];

const fieldBody = z.looseObject({
  title: sentText.optional(),
  type: sentText.optional(),
  descript: sentText.optional(),
  perstag: sentText.optional(),
});
const optionsBody = z.looseObject({
  fieldOptions: z.array(
    z.looseObject({ field: sentId, orderid: sentId, value: sentText, label: sentText.optional(), isdefault: z.boolean().optional() }),
  ),
});
const relationBody = z.looseObject({ field: sentId, relid: sentId });
const valueBody = z.looseObject({ contact: sentId, field: sentId, value: sentText });

function listFields({ account, query }: Call): Answer {
  const tag = query.get('filters[perstag]')?.toUpperCase();
  const { rows, meta } = page(
    query,
    [...account.fields.values()].filter((field) => tag === undefined || field.personalizationTag === tag),
  );
  return ok({
    fieldOptions: rows.flatMap((field) => fieldOptionsWire(account, field)),
    fieldRels: rows.flatMap(fieldRelationsWire),
    fields: rows.map((field) => fieldWire(account, field)),
    meta,
  });
}

function listOptions({ account, ids }: Call): Answer {
  const field = account.fields.get(String(ids[0]));
  return field === undefined ? notFound('Field', ids[0] ?? 0) : ok({ fieldOptions: fieldOptionsWire(account, field) });
}

function create({ account, body }: Call): Answer {
  const sent = wrapped(body, 'field', fieldBody);
  const title = sent?.title?.trim() ?? '';
  const type = sent?.type ?? '';
  if (title === '') return unprocessable({ title: 'The field title is missing', code: 'field_missing', pointer: '/data/attributes/title' });
  if (!fieldTypes.includes(type)) return unprocessable({ title: 'The field type is not valid', pointer: '/data/attributes/type' });
  if ([...account.fields.values()].some((field) => field.title.toLowerCase() === title.toLowerCase())) {
    return unprocessable({ title: 'The field title is in use already', code: 'duplicate', pointer: '/data/attributes/title' });
  }
  const field = addField(account, { title, type, description: sent?.descript ?? '', personalizationTag: sent?.perstag ?? '' });
  const wire = fieldWire(account, field);
  // A new field comes alone, without options and relations, and with its order as a number.
  const { options: _options, relations: _relations, ...rest } = wire;
  return created({ field: { ...rest, ordernum: field.order } });
}

function addOptions({ account, body }: Call): Answer {
  const sent = optionsBody.safeParse(body);
  if (!sent.success) return badRequest('The request has no fieldOptions');
  const missing = sent.data.fieldOptions.find(({ field }) => account.fields.get(String(field)) === undefined);
  if (missing !== undefined) return notFound('Field', String(missing.field));
  const ids: number[] = [];
  const touched = new Set<FieldRow>();
  for (const { field: id, value, label, orderid, isdefault } of sent.data.fieldOptions) {
    const field = account.fields.get(String(id));
    if (field === undefined) continue;
    const more = {
      ...(label === undefined ? {} : { label }),
      ...(orderid === null ? {} : { order: orderid }),
      isDefault: isdefault ?? false,
    };
    ids.push(addOption(account, field, value, more));
    touched.add(field);
  }
  const options = [...touched].flatMap((field) => fieldOptionsWire(account, field));
  return created({ fieldOptions: options.filter((option) => ids.includes(Number(option.id))) });
}

function relate({ account, body }: Call): Answer {
  const sent = wrapped(body, 'fieldRel', relationBody);
  if (sent === null || sent.relid === null) return badRequest('The request has no fieldRel');
  const field = account.fields.get(String(sent.field));
  if (field === undefined) return notFound('Field', String(sent.field));
  const id = addRelation(account, field, sent.relid);
  return created({ fieldRel: fieldRelationsWire(field).find((relation) => relation.id === String(id)) });
}

/** Account-wide, by offset. `filters[fieldid]` and `filters[val]` are the documented reverse look-up. */
function listValues({ account, query }: Call): Answer {
  const field = idParameter(query, 'filters[fieldid]');
  const wanted = query.get('filters[val]');
  const { rows, meta } = page(
    query,
    account.people
      .all()
      .flatMap((person) =>
        person.fields
          .filter((value) => (field === null || value.field === field) && (wanted === null || value.value === wanted))
          .map((value) => ({ person, value })),
      ),
  );
  return ok({ fieldValues: rows.map(({ person, value }) => fieldValueWire(account, person, value)), meta });
}

/** Creates or overwrites, under the id that the value has. */
function writeValue({ account, body }: Call): Answer {
  const sent = wrapped(body, 'fieldValue', valueBody);
  if (sent === null) return badRequest('The request has no fieldValue');
  const person = account.people.get(sent.contact ?? 0);
  if (person === undefined) return notFound('Subscriber', String(sent.contact));
  const at = account.now();
  const value = sent.field === null ? null : setFieldValue(account, person, sent.field, sent.value, at);
  if (value === null) return unprocessable({ title: 'Field id not valid', pointer: '/data/attributes/field' });
  touch(account, person, at);
  return ok({ contacts: [contactWire(account, person)], fieldValue: fieldValueWire(account, person, value) });
}
