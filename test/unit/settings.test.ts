import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSettings } from '../../main/settings/read-settings.ts';
import { openSettings, SettingsRefusedError, type SettingsService } from '../../main/settings/settings-service.ts';
import { defaultSettings, type JobFrequency } from '../../shared/settings.ts';

let directory: string;
let path: string;
const open: SettingsService[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'leadferry-settings-'));
  path = join(directory, 'config.json');
});
afterEach(() => {
  for (const service of open.splice(0)) service.close();
  rmSync(directory, { recursive: true });
});

const start = () => {
  const service = openSettings({ directory });
  open.push(service);
  return service;
};
const onDisk = () => readFileSync(path, 'utf8');
const every = (jobFrequency: JobFrequency) => JSON.stringify({ syncSettings: { jobFrequency } });
const frequency = (service: SettingsService) => service.current().syncSettings.jobFrequency;

describe('the file', () => {
  test('is created with the defaults, to be edited by hand', () => {
    const service = start();
    expect(onDisk()).toBe(`${JSON.stringify(defaultSettings, null, 2)}\n`);
    expect([service.current(), service.problem()]).toEqual([defaultSettings, null]);
    expect(readdirSync(directory)).toEqual(['config.json']);
  });

  test('takes the default for every key that is missing', () => {
    writeFileSync(path, '{ "dynamics": { "signIn": "user" }, "syncSettings": { "jobFrequency": "4h" } }');
    expect(start().current()).toEqual({ ...defaultSettings, syncSettings: { ...defaultSettings.syncSettings, jobFrequency: '4h' } });
  });

  test('may begin with a byte order mark, as some editors write it', () => {
    writeFileSync(path, `\uFEFF${every('2h')}`);
    expect(frequency(start())).toBe('2h');
  });

  test('that cannot be used is left as the person wrote it, and the defaults, which connect to nothing, are in force', () => {
    writeFileSync(path, '{ "syncSettings": { "jobFrequency": "3h" }, }');
    const service = start();
    expect([service.current(), onDisk()]).toEqual([defaultSettings, '{ "syncSettings": { "jobFrequency": "3h" }, }']);
    expect(service.problem()).toHaveLength(1);
  });

  test('that is no file is an error with a way out', () => {
    mkdirSync(path);
    expect(() => start()).toThrow(/The settings file .*config\.json cannot be opened: EISDIR.*Check that it is a file/);
  });
});

describe('a hand edit', () => {
  test('is taken over when it is looked for', () => {
    const service = start();
    writeFileSync(path, every('8h'));
    expect(service.reread().syncSettings.jobFrequency).toBe('8h');
  });

  test('is noticed while the program runs', async () => {
    const service = start();
    const changed = new Promise<void>((resolve) => service.onChange(resolve));
    writeFileSync(path, every('12h'));
    await changed;
    expect(frequency(service)).toBe('12h');
  });

  test('that cannot be used changes nothing, until it is corrected', () => {
    writeFileSync(path, every('2h'));
    const service = start();
    const seen: [string, number][] = [];
    service.onChange(() => seen.push([frequency(service), service.problem()?.length ?? 0]));

    writeFileSync(path, '{ "syncSettings": { "jobFrequency": "3h", "dailyAt": "25:00" } }');
    service.reread();
    service.reread();
    writeFileSync(path, every('6h'));
    service.reread();
    expect(seen).toEqual([
      ['2h', 2],
      ['6h', 0],
    ]);
  });

  test('that takes the file away keeps the settings, and the next change writes it again', () => {
    writeFileSync(path, every('2h'));
    const service = start();
    rmSync(path);
    service.reread();
    expect([frequency(service), service.problem()?.[0]?.message]).toEqual(['2h', expect.stringContaining('config.json was taken away')]);
    service.update((settings) => settings);
    expect([JSON.parse(onDisk()), service.problem()]).toEqual([service.current(), null]);
  });

  test.skipIf(process.getuid?.() === 0)('that makes the file unreadable keeps the settings', () => {
    writeFileSync(path, every('2h'));
    const service = start();
    chmodSync(path, 0o000);
    service.reread();
    expect([frequency(service), service.problem()?.[0]?.message]).toEqual([
      '2h',
      expect.stringContaining('config.json cannot be read: EACCES'),
    ]);
  });
});

describe('a change in the program', () => {
  const withFrequency = (jobFrequency: JobFrequency) => (settings: typeof defaultSettings) => ({
    ...settings,
    syncSettings: { ...settings.syncSettings, jobFrequency },
  });

  test('is in force and on the disk, and heard of once', () => {
    const service = start();
    let heard = 0;
    service.onChange(() => {
      heard += 1;
    });
    service.update(withFrequency('daily'));
    expect([frequency(service), JSON.parse(onDisk()), heard]).toEqual(['daily', service.current(), 1]);
  });

  test('does not lose a hand edit that was not noticed yet', () => {
    const service = start();
    writeFileSync(path, JSON.stringify({ consent: { syncOptOut: false } }));
    const settings = service.update(withFrequency('6h'));
    expect([settings.consent.syncOptOut, settings.syncSettings.jobFrequency]).toEqual([false, '6h']);
  });

  test('that changes nothing leaves the file as it is formatted', () => {
    writeFileSync(path, every('2h'));
    start().update(withFrequency('2h'));
    expect(onDisk()).toBe(every('2h'));
  });

  test('is refused while the file cannot be used, and the file stays', () => {
    const service = start();
    writeFileSync(path, '{ "consent": maybe }');
    expect(() => service.update(withFrequency('6h'))).toThrow(SettingsRefusedError);
    expect(onDisk()).toBe('{ "consent": maybe }');
  });

  test('to something impossible is refused with the reason, and nothing is written', () => {
    const service = start();
    const before = onDisk();
    const impossible = () => service.update((settings) => ({ ...settings, syncSettings: { ...settings.syncSettings, dailyAt: '24:00' } }));
    expect(impossible).toThrow('The settings were not changed: "syncSettings.dailyAt" is "24:00"; allowed is a local time of day');
    expect([onDisk(), service.current()]).toEqual([before, defaultSettings]);
  });

  test('cannot be made on the value that is handed out', () => {
    const settings = start().current();
    expect(() => settings.dataConfiguration.lead.mappings.pop()).toThrow(TypeError);
    expect(defaultSettings.dataConfiguration.lead.mappings).toHaveLength(3);
  });
});

describe('what cannot be used is said with its path, what was found, and what is allowed', () => {
  const address = (example: string) => `an address such as "${example}" (http:// only for this machine itself), or ""`;
  const crm = address('https://acme.crm.dynamics.com');
  const lead = (content: unknown) => ({ dataConfiguration: { lead: content } });
  const rows = (...mappings: unknown[]) => lead({ mappings });
  const first = 'dataConfiguration.lead.mappings[0]';
  const paired = (...options: unknown[]) => rows({ dynamics: 'a', activeCampaign: 'phone', options });
  const conditions = (...given: unknown[]) => lead({ criteria: { match: 'conditions', conditions: given } });

  test.each<[unknown, string[]]>([
    [[], ['The content of config.json is an empty list; allowed is an object in braces: { … }.']],
    [{ version: 2 }, ['"version" is 2; allowed is 1.']],
    [
      { syncSettings: { jobFrequency: '3h' } },
      ['"syncSettings.jobFrequency" is "3h"; allowed is "1h", "2h", "4h", "6h", "8h", "12h" or "daily".'],
    ],
    [{ syncSettings: { dailyAt: '6:00' } }, ['"syncSettings.dailyAt" is "6:00"; allowed is a local time of day from "00:00" to "23:59".']],
    [{ syncSettings: { dailyAt: 6 } }, ['"syncSettings.dailyAt" is 6; allowed is a local time of day from "00:00" to "23:59".']],
    [{ syncSettings: { globalSync: 'yes' } }, ['"syncSettings.globalSync" is "yes"; allowed is true or false.']],
    [{ syncSettings: null }, ['"syncSettings" is null; allowed is an object in braces: { … }.']],
    [
      { syncSettings: { globalSyn: true } },
      [
        '"syncSettings.globalSyn" is not a setting; allowed here is "globalSync", "jobFrequency", "dailyAt", "importsStartAutomations". Correct the name or take it out.',
      ],
    ],
    [
      { activeCampaign: { apiKey: 'abc123' } },
      ['"activeCampaign.apiKey" is not a setting: secrets are never kept in this file. Take it out, and give it on the screen Connection.'],
    ],
    [
      { constructor: {} },
      [
        '"constructor" is not a setting; allowed here is "version", "activeCampaign", "dynamics", "dataConfiguration", "syncSettings", "consent", "safety", "general". Correct the name or take it out.',
      ],
    ],
    [
      { activeCampaign: { apiUrl: 'http://acme.api-us1.com' } },
      [`"activeCampaign.apiUrl" is "http://acme.api-us1.com"; allowed is ${address('https://acme.api-us1.com')}.`],
    ],
    [{ activeCampaign: { apiUrl: 'http://127.0.0.1:3000' } }, []],
    [{ activeCampaign: { apiUrl: 'http://[::1]:3000/api/3/' } }, []],
    [{ dynamics: { environmentUrl: 'acme' } }, [`"dynamics.environmentUrl" is "acme"; allowed is ${crm}.`]],
    [
      { dynamics: { environmentUrl: 'http://localhost.evil.example' } },
      [`"dynamics.environmentUrl" is "http://localhost.evil.example"; allowed is ${crm}.`],
    ],
    [
      { dynamics: { environmentUrl: 'https://user:pass@acme.crm.dynamics.com' } },
      [`"dynamics.environmentUrl" is "https://user:pass@acme.crm.dynamics.com"; allowed is ${crm}.`],
    ],
    [{ dynamics: { clientId: 'my-app' } }, ['"dynamics.clientId" is "my-app"; allowed is the GUID of the app registration, or "".']],
    [
      { dynamics: { signIn: 'application' } },
      ['"dynamics.tenantId" is missing; allowed is a GUID or a domain such as "contoso.onmicrosoft.com" where "signIn" is "application".'],
    ],
    [
      { dynamics: { signIn: 'application', tenantId: 'common' } },
      ['"dynamics.tenantId" is "common"; allowed is a GUID or a domain such as "contoso.onmicrosoft.com" where "signIn" is "application".'],
    ],
    [{ dynamics: { signIn: 'application', tenantId: '72f988bf-86f1-41af-91ab-2d7cd011db47' } }, []],
    [{ dynamics: { signIn: 'application', tenantId: 'contoso.com' } }, []],
    [
      lead({ listId: 3 }),
      ['"dataConfiguration.lead.listId" is 3; allowed is the id of an ActiveCampaign list in quotes, such as "3", or null.'],
    ],
    [
      rows({ dynamics: 'a', activeCampaign: 'phone', direction: 'up' }),
      [`"${first}.direction" is "up"; allowed is "both", "toActiveCampaign" or "toDynamics".`],
    ],
    [rows({ dynamics: 'a' }), [`"${first}.activeCampaign" is missing; allowed is a text in quotes.`]],
    [
      rows({ dynamics: 'emailaddress1', activeCampaign: 'phone' }),
      [`"${first}.dynamics" is "emailaddress1"; allowed is any other column: the e-mail is always mapped and not listed here.`],
    ],
    [
      rows({ dynamics: 'a', activeCampaign: 'email' }),
      [`"${first}.activeCampaign" is "email"; allowed is "firstName", "lastName", "phone" or "field:<id>" of a custom field.`],
    ],
    [
      rows({ dynamics: 'a', activeCampaign: 'phone' }, { dynamics: 'a', activeCampaign: 'field:1' }),
      ['"dataConfiguration.lead.mappings[1].dynamics" is "a"; allowed is a column that no other mapping writes to (mappings[0] does).'],
    ],
    [
      rows({ dynamics: 'a', activeCampaign: 'phone', direction: 'toActiveCampaign' }, { dynamics: 'b', activeCampaign: 'phone' }),
      [
        '"dataConfiguration.lead.mappings[1].activeCampaign" is "phone"; allowed is a field that no other mapping writes to (mappings[0] does).',
      ],
    ],
    [rows({ dynamics: 'a', activeCampaign: 'phone' }, { dynamics: 'b', activeCampaign: 'phone', direction: 'toDynamics' }), []],
    [paired({ dynamics: 1, activeCampaign: 'Hot' }, { dynamics: true, activeCampaign: 'Yes' }), []],
    [
      paired({ dynamics: 'Hot', activeCampaign: 'Warm' }),
      [
        `"${first}.options[0].dynamics" is "Hot"; allowed is the number of an option in Dynamics, or true or false for a column with two options.`,
      ],
    ],
    [
      paired({ dynamics: 1, activeCampaign: ' ' }),
      [`"${first}.options[0].activeCampaign" is " "; allowed is the text of an option in ActiveCampaign.`],
    ],
    [
      paired({ dynamics: 1, activeCampaign: 'Hot' }, { dynamics: 1, activeCampaign: 'Warm' }),
      [`"${first}.options[1].dynamics" is 1; allowed is an option that is not paired twice (options[0] pairs it).`],
    ],
    [
      lead({ criteria: { match: 'some' } }),
      ['"dataConfiguration.lead.criteria.match" is "some"; allowed is "all", "view" or "conditions".'],
    ],
    [
      lead({ criteria: { match: 'view', viewId: '7', viewType: 'system' } }),
      ['"dataConfiguration.lead.criteria.viewId" is "7"; allowed is a GUID such as "0c3d1ab4-3c0f-4c1b-9d36-5e5a3b1d2f40".'],
    ],
    [
      lead({ criteria: { match: 'all', viewId: '7' } }),
      ['"dataConfiguration.lead.criteria.viewId" is not a setting; allowed here is "match". Correct the name or take it out.'],
    ],
    [conditions(), ['"dataConfiguration.lead.criteria.conditions" is an empty list; allowed is a list with at least one entry.']],
    [
      conditions({ field: 'a', operator: 'equals', value: null }),
      ['"dataConfiguration.lead.criteria.conditions[0].value" is null; allowed is a text in quotes, a number or true or false.'],
    ],
    [
      conditions({ field: 'a', operator: 'isEmpty', value: 1 }),
      [
        '"dataConfiguration.lead.criteria.conditions[0].value" is not a setting; allowed here is "field", "operator". Correct the name or take it out.',
      ],
    ],
    [{ safety: { maxUpdatesPercent: 101 } }, ['"safety.maxUpdatesPercent" is 101; allowed is a number from 0 to 100.']],
    [{ safety: { minimumRecords: '50' } }, ['"safety.minimumRecords" is "50"; allowed is a whole number from 0 on.']],
    [{ general: { keepRunsDays: 0.5 } }, ['"general.keepRunsDays" is 0.5; allowed is a whole number from 1 to 3650.']],
    [
      { general: { notifications: 1 }, safety: { maxBlankedPercent: -1 }, consent: [true] },
      [
        '"consent" is a list; allowed is an object in braces: { … }.',
        '"safety.maxBlankedPercent" is -1; allowed is a number from 0 to 100.',
        '"general.notifications" is 1; allowed is true or false.',
      ],
    ],
  ])('%j', (content, messages) => {
    const reading = readSettings(JSON.stringify(content));
    const problems = reading.kind === 'valid' ? [] : reading.problems;
    expect(problems.map(({ message }) => message)).toEqual(messages);
    for (const { path, message } of problems) expect(message.startsWith(path === '' ? 'The content' : `"${path}" `)).toBe(true);
  });

  test.each([
    ['{\n  "version": 1,\n}', 'config.json cannot be read at line 2, column 15: the comma before } is one too many. Correct it there.'],
    [' \n', 'config.json is empty. Put the settings back, or delete the file to begin with the defaults.'],
    ['{\0"\0v\0', 'config.json is not UTF-8 text. Save it again with the encoding UTF-8.'],
  ])('the text %j', (text, message) => {
    expect(readSettings(text)).toEqual({ kind: 'invalid', problems: [{ path: '', message }] });
  });

  test('a key that is there twice, although JSON would take the last', () => {
    expect(readSettings('{"consent": {"syncOptOut": true, "syncOptOut": false}}')).toEqual({
      kind: 'invalid',
      problems: [{ path: 'consent.syncOptOut', message: '"consent.syncOptOut" is there more than once; leave only one of them.' }],
    });
  });

  test('a key "__proto__" is unknown like any other', () => {
    const reading = readSettings('{"general": {"__proto__": {"notifications": false}}}');
    expect(reading).toMatchObject({ kind: 'invalid', problems: [{ path: 'general.__proto__' }] });
  });
});
