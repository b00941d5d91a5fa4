import { expect, test } from 'vitest';
import { csvLine } from '../../main/application/csv.ts';
import { asCsv, asJson } from '../../main/application/log-export.ts';
import type { LogLine } from '../../shared/log-line.ts';

const line: LogLine = {
  id: 7,
  time: '2026-11-23T14:00:00.000Z',
  level: 'warn',
  event: 'person.held',
  run: 3,
  message: 'He said "no", twice',
  person: { email: 'ada@example.com', activeCampaignId: '16', dynamics: { entity: 'lead', id: 'a' } },
  details: { reason: 'conflict' },
};
const bare: LogLine = { id: 8, time: '2026-11-23T14:00:01.000Z', level: 'info', event: 'run.started', message: 'Started' };

test.each([
  ['=1+1', `"'=1+1"`],
  ['+47 22 33', `"'+47 22 33"`],
  ['-2', `"'-2"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['  =1', `"'  =1"`],
  ['a=1', '"a=1"'],
  ['ada@example.com', '"ada@example.com"'],
])('a spreadsheet runs nothing of %j', (cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`);
});

test('the log for a spreadsheet has a line for each line, in UTF-8 that Excel knows', () => {
  expect([...asCsv([line, bare])].join('')).toBe(
    [
      '\uFEFF"Time","Level","Event","Run","Message","Email","ActiveCampaign id","Dynamics table","Dynamics id","Details"',
      '"2026-11-23T14:00:00.000Z","warn","person.held","3","He said ""no"", twice","ada@example.com","16","lead","a","{""reason"":""conflict""}"',
      '"2026-11-23T14:00:01.000Z","info","run.started","","Started","","","","",""',
      '',
    ].join('\r\n'),
  );
});

test('the log for a program is one array of entries, also where there are none', () => {
  const { id: _line, ...first } = line;
  const { id: _bare, ...second } = bare;
  expect([asJson([line, bare]), asJson([])].map((parts) => JSON.parse([...parts].join('')) as unknown)).toEqual([[first, second], []]);
});
