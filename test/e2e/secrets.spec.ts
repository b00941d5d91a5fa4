import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { HttpRequest, HttpResponse } from '../../main/connections/http/transport.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { keyringAvailable, startKeyring } from '../support/keyring.ts';
import { openConnectedOffice } from './connected-office.ts';
import { expect, test } from './fixtures.ts';
import { filesIn, findSecrets } from './planted-secrets.ts';

/** A session in which everything goes wrong that could carry a secret out, and then a search of all that it has left. */

test.setTimeout(120_000);
test.use({ actionTimeout: 20_000 });

const typed = {
  'a mistyped key': 'planted/wrong+key&="quoted"\\of-the-account',
  'a mistyped client secret': 'planted~wrong.secret/+&="quoted"\\of-the-app',
};
/** Goes the same ways as the secrets and is none: that it is found shows that a secret would be. */
const marker = 'no-secret-but-a-mark-to-be-found';

const finished = /run\.finished/;
const everyLine = { minimumLevel: 'debug', run: null, person: '', text: '' } as const;

/** A service that says no, and in doing so says again all that it was told, in every way that a service could. */
function echo({ url, headers, body = '' }: HttpRequest): HttpResponse {
  const told = [url, body, decodeURIComponent(body.replaceAll('+', ' ')), ...Object.values(headers)].filter((text) => text.length > 20);
  const base64 = told.map((text) => Buffer.from(text).toString('base64'));
  const words = `Refused: ${[...told, ...told.map(encodeURIComponent), ...base64].join(' | ')}`;
  const answer = { error: 'invalid_client', error_description: words, message: words, errors: [{ title: words, detail: words }] };
  return {
    status: 401,
    headers: { 'content-type': 'application/json', 'x-told': encodeURIComponent(told.join(' ')) },
    body: JSON.stringify(answer),
  };
}

interface Eavesdropper {
  refusing: boolean;
  /** What Entra has given to the app, as the services were shown it. */
  readonly tokens: Set<string>;
}

function listenTo(eavesdropper: Eavesdropper, refuses: (request: HttpRequest) => boolean): (handler: SampleHandler) => SampleHandler {
  return (handler) => async (request) => {
    const token = /^Bearer (.+)/.exec(request.headers.authorization ?? '')?.[1];
    if (token !== undefined) eavesdropper.tokens.add(token);
    return eavesdropper.refusing && refuses(request) ? echo(request) : handler(request);
  };
}

async function openOffice(userData: string) {
  const eavesdropper: Eavesdropper = { refusing: false, tokens: new Set() };
  const everything = listenTo(eavesdropper, () => true);
  const entra = listenTo(eavesdropper, ({ url }) => url.includes('/token'));
  const office = await openConnectedOffice(userData, { around: { activeCampaign: everything, dynamics: everything, entra } });
  office.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  office.office.create('bo@example.com', { firstName: 'Bo', lastName: 'Berg' });
  const planted = (): Readonly<Record<string, string>> => ({
    ...typed,
    'the API key': office.secrets['activecampaign-key'] ?? '',
    'the client secret': office.secrets['dynamics-client-secret'] ?? '',
    ...Object.fromEntries([...eavesdropper.tokens].map((token, index) => [`token ${index + 1}`, token])),
  });
  return { office, eavesdropper, planted };
}

/** Lets a run begin, and waits for what the log says at its end. */
async function sync(page: Page, said: RegExp): Promise<void> {
  await page.evaluate(() => window.leadferry.call.start());
  const events = () =>
    page.evaluate(async (filter) => {
      const lines = await window.leadferry.call.getLogLines({ ...filter, page: { before: null }, limit: 500 });
      return lines.ok ? lines.value.map(({ event, message }) => `${event}: ${message}`).join('\n') : '';
    }, everyLine);
  await expect.poll(events, { timeout: 20_000 }).toMatch(said);
}

/** Everything that the page can ask for, as it is answered; and connections tested with what is stored, and with what was mistyped. */
function askEverything(
  page: Page,
  urls: { readonly activeCampaign: readonly string[]; readonly dynamics: readonly string[] },
): Promise<string> {
  return page.evaluate(
    async ({ addresses, secrets, filter }) => {
      const { call } = window.leadferry;
      const state = await call.getState();
      if (!state.ok) throw new Error(state.error.message);
      const { dynamics } = state.value.settings;
      const keys = [null, secrets['a mistyped key']];
      const clientSecrets = [null, secrets['a mistyped client secret']];
      const answers: unknown[] = [state];
      for (const apiUrl of addresses.activeCampaign)
        for (const key of keys) answers.push(await call.testConnection({ service: 'activeCampaign', apiUrl, key }));
      for (const environmentUrl of addresses.dynamics)
        for (const clientSecret of clientSecrets)
          answers.push(await call.testConnection({ service: 'dynamics', ...dynamics, environmentUrl, clientSecret }));
      answers.push(await call.getAutomations(), await call.getFieldChoices('lead'), await call.getOverview());
      answers.push(await call.getPeople({ who: 'all', text: '', after: null }));
      // What is not agreed is answered by an error, which must not say again what was sent.
      for (const name of ['removeSecret', 'saveConnection', 'getPerson'] as const)
        answers.push(await call[name]({ key: secrets['a mistyped key'] } as never));
      answers.push(await call.getLogLines({ ...filter, page: { before: null }, limit: 5000 }));
      answers.push(await call.getState());
      return JSON.stringify(answers);
    },
    { addresses: urls, secrets: typed, filter: everyLine },
  );
}

test('a secret of the environment is nowhere in what a troubled session leaves', async ({ launch, userData }) => {
  const { office, eavesdropper, planted } = await openOffice(userData);
  const urls = { activeCampaign: [office.activeCampaign.url], dynamics: [office.dynamics.url] };
  const nowhere = { activeCampaign: ['http://127.0.0.1:1'], dynamics: ['http://127.0.0.1:1'] };

  eavesdropper.refusing = true;
  const first = await launch({ env: office.env });
  await sync(first.page, /Initial Sync failed/);
  const answered = [await askEverything(first.page, urls), await askEverything(first.page, nowhere)];
  await first.quit();

  eavesdropper.refusing = false;
  const second = await launch({ env: office.env });
  await sync(second.page, finished);
  answered.push(await askEverything(second.page, urls));
  eavesdropper.refusing = true;
  answered.push(await askEverything(second.page, urls));
  const allSecrets = [...Object.values(planted()), marker].join(' ');
  await second.fail('rejection', `nobody waited for ${allSecrets}`);
  for (const format of ['csv', 'json'] as const) {
    const savePath = join(userData, `exported.${format}`);
    await second.answerDialogs({ savePath });
    expect(await second.page.evaluate((request) => window.leadferry.call.exportLog(request), { filter: everyLine, format })).toEqual({
      ok: true,
      value: savePath,
    });
  }
  await second.fail('exception', `thrown with ${allSecrets}`);
  await second.ended;

  const files = await filesIn(userData);
  const names = files.map(({ where }) => where);
  expect(names).toEqual(expect.arrayContaining(['config.json', 'leadferry.sqlite', 'logs/leadferry.log', 'exported.csv', 'exported.json']));
  const log = files.find(({ where }) => where === 'logs/leadferry.log')?.content.toString() ?? '';
  for (const words of ['nobody waited for', 'thrown with', '[redacted]']) expect(log).toContain(words);
  expect(eavesdropper.tokens.size).toBeGreaterThan(0);
  const rest = [
    { where: 'the output', content: first.output() + second.output() },
    ...answered.map((content, index) => ({ where: `what the page was answered (${index + 1})`, content })),
  ];
  const marked = findSecrets({ marker }, files).join();
  for (const where of ['leadferry.sqlite', 'logs/leadferry.log', 'exported.csv', 'exported.json'])
    expect(marked).toContain(`marker is in ${where}`);
  expect(findSecrets(planted(), [...files, ...rest])).toEqual([]);
  await office.close();
});

test('a secret that was typed is in the keychain and nowhere else', async ({ launch, userData }) => {
  test.skip(!keyringAvailable, 'needs gnome-keyring, dbus and gdbus');
  const keyring = await startKeyring();
  const { office, eavesdropper, planted } = await openOffice(userData);
  const app = await launch({ env: { ...keyring.env, LEADFERRY_ENTRA_URL: office.entraUrl } });
  await app.page.getByRole('navigation').getByRole('button', { name: 'Connection', exact: true }).click();
  for (const [service, label, secret] of [
    ['ActiveCampaign', 'API key', planted()['the API key']],
    ['Dynamics 365', 'Client secret', planted()['the client secret']],
  ] as const) {
    const region = app.page.getByRole('region', { name: service, exact: true });
    await region.getByRole('textbox', { name: label }).fill(secret ?? '');
    await region.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(region.getByText('Saved', { exact: true })).toBeVisible();
  }
  await sync(app.page, finished);
  eavesdropper.refusing = true;
  const answered = await askEverything(app.page, { activeCampaign: [office.activeCampaign.url], dynamics: [office.dynamics.url] });
  const shown = await app.page.content();
  await app.quit();

  expect(eavesdropper.tokens.size).toBeGreaterThan(0);
  const rest = [
    { where: 'the output', content: app.output() },
    { where: 'what the page was answered', content: answered },
    { where: 'the page', content: shown },
  ];
  expect(findSecrets(planted(), [...(await filesIn(userData)), ...rest])).toEqual([]);
  await office.close();
  await keyring.close();
});
