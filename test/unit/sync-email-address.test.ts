import { expect, test } from 'vitest';
import { isImportableEmail } from '../../main/sync/mapping/email-address.ts';

test.each(['a@x.no', "o'brien+news@sub.example.com", 'å.ærø@blåbær.example', 'a_b-c%d@x-y.co', '用户@例子.公司', '1@2.io'])(
  'an import takes %s',
  (email) => {
    expect(isImportableEmail(email)).toBe(true);
  },
);

test.each([
  '',
  'a',
  '@x.no',
  'a@',
  'a@x',
  'a@x.n',
  'a@x.12',
  'a b@x.no',
  ' a@x.no',
  'a@x.no ',
  'a@@x.no',
  'a@b@x.no',
  'a@x.no\n',
  'a..b@x.no',
])('one malformed address would cost the whole import: "%s"', (email) => {
  expect(isImportableEmail(email)).toBe(false);
});

test.each(['"', '(', ')', ',', ':', ';', '<', '>', '@', '[', ']'])('no address holds a %s', (sign) => {
  expect([isImportableEmail(`a${sign}b@x.no`), isImportableEmail(`a@x${sign}y.no`)]).toEqual([false, false]);
});
