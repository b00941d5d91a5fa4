import { describe, expect, test } from 'vitest';
import { misfit, reading } from '../../main/sync/mapping/canonical.ts';
import { compileFieldMap } from '../../main/sync/mapping/field-map.ts';
import type { Direction, Mapping } from '../../shared/settings.ts';
import { column, customField, table } from './sync-subjects.ts';

const lead = table('lead', [
  column('emailaddress1', { kind: 'text', maxLength: 20 }),
  column('firstname', { kind: 'text', maxLength: 50 }),
  column('fullname', { kind: 'text', maxLength: 160 }, { updatable: false }),
  column('secret', { kind: 'text', maxLength: 50 }, { readable: false }),
  column('numberofemployees', { kind: 'wholeNumber', min: 0, max: 10 }),
  column('donotbulkemail', { kind: 'twoOptions', trueLabel: 'Do Not Allow', falseLabel: 'Allow' }),
  column('ownerid', { kind: 'lookup', targets: ['systemuser', 'team'] }),
  column('masterid', { kind: 'lookup', targets: ['lead'] }),
]);
const fields = [customField(1, 'text'), customField(2, 'number'), customField(3, 'checkbox'), customField(4, null)];

const mapping = (dynamics: string, activeCampaign: string, direction: Direction = 'both'): Mapping => ({
  dynamics,
  activeCampaign,
  direction,
});
const compile = (...mappings: Mapping[]) => compileFieldMap(lead, mappings, fields, 'UTC', (id) => (id === 'u1' ? 'Ingrid' : null));
const ways = (...mappings: Mapping[]) =>
  compile(...mappings)
    .map.fields.slice(1)
    .map(({ key, direction }) => `${key} ${direction}`);

test('the e-mail address is always mapped, both ways, and comes first', () => {
  expect(compile(mapping('firstname', 'firstName')).map.fields.map(({ key, direction }) => `${key} ${direction}`)).toEqual([
    'emailaddress1=email both',
    'firstname=firstName both',
  ]);
});

describe('a mapping that cannot be used is left out and named by its path', () => {
  test.each<[Mapping, string]>([
    [mapping('gone', 'firstName'), 'gone <-> firstName: Dynamics has no column "gone" on leads (any more)'],
    [mapping('firstname', 'field:9'), 'firstname <-> field:9: ActiveCampaign has no custom field field:9 of a known type (any more)'],
    [mapping('firstname', 'field:4'), 'firstname <-> field:4: ActiveCampaign has no custom field field:4 of a known type (any more)'],
    [mapping('firstname', 'field:3'), 'firstname <-> field:3: a checkbox field cannot be mapped to a text column'],
    [mapping('secret', 'field:1'), 'secret <-> field:1: the column "secret" cannot be read by the signed-in user'],
    [mapping('fullname', 'field:1', 'toDynamics'), 'fullname <-> field:1: the column "fullname" cannot be written'],
    [mapping('donotbulkemail', 'field:1', 'toDynamics'), 'donotbulkemail <-> field:1: the column "donotbulkemail" cannot be written'],
    [mapping('ownerid', 'field:1', 'toDynamics'), 'ownerid <-> field:1: the column "ownerid" cannot be written'],
    [mapping('masterid', 'field:1'), 'masterid <-> field:1: only lookups of a user, a team or an account can be mapped'],
  ])('%o', (wrong, message) => {
    const { map, unusable } = compile(mapping('numberofemployees', 'field:2'), wrong);
    expect([map.fields.map(({ key }) => key), unusable]).toEqual([
      ['emailaddress1=email', 'numberofemployees=field:2'],
      [{ key: `${wrong.dynamics}=${wrong.activeCampaign}`, path: 'dataConfiguration.lead.mappings[1]', message }],
    ]);
  });
});

test('a column that cannot be written still goes to ActiveCampaign', () => {
  expect(ways(mapping('fullname', 'field:1'), mapping('ownerid', 'field:1'))).toEqual([
    'fullname=field:1 toActiveCampaign',
    'ownerid=field:1 toActiveCampaign',
  ]);
});

test('no mapping may write what somebody opted out of', () => {
  expect(ways(mapping('donotbulkemail', 'field:1'))).toEqual(['donotbulkemail=field:1 toActiveCampaign']);
});

test('a lookup is read by its id and shown by its name', () => {
  const [, owner] = compile(mapping('ownerid', 'field:1', 'toActiveCampaign')).map.fields;
  expect([owner?.column, owner?.converter.readDynamics('u1')]).toEqual(['_ownerid_value', reading('Ingrid')]);
});

describe('the e-mail address', () => {
  const [email] = compile().map.fields;

  test('is compared without regard to case and to white space around it', () => {
    expect([
      email?.converter.readDynamics(' Ada@Example.com '),
      email?.converter.readActiveCampaign('ADA@example.COM'),
      email?.converter.readActiveCampaign(' '),
    ]).toEqual([reading('ada@example.com'), reading('ada@example.com'), reading(null)]);
  });

  test('that is longer than its column does not fit', () => {
    expect(email?.converter.toDynamics('augusta.ada@example.com')).toEqual(
      misfit('value-too-long', 'the e-mail has 23 characters; Dynamics takes 20'),
    );
  });
});
