import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { statusFault, withFaults } from '../sample-services/faults.ts';
import { impatientClock } from '../support/impatient-clock.ts';
import { expectAccessible } from './accessible.ts';
import { type ConnectedOffice, openConnectedOffice } from './connected-office.ts';
import { expectToFit } from './fitting.ts';
import { expect, test } from './fixtures.ts';

const openScreen = (page: Page) => page.getByRole('navigation').getByRole('button', { name: 'Data Configuration' }).click();
const saveBar = (page: Page) => page.getByRole('region', { name: 'Save', exact: true });
const who = (page: Page) => page.getByRole('region', { name: 'Which leads go to ActiveCampaign' });
const meaning = (page: Page) => page.getByRole('region', { name: 'What your changes mean at the next sync' });

async function pick(page: Page, combobox: string, words: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: combobox, exact: true }).last().pressSequentially(words);
  await page.getByRole('option', { name: option }).click();
}

const configuration = async (file: string) =>
  JSON.parse(await readFile(file, 'utf8')) as {
    dataConfiguration: Record<'lead' | 'contact', { criteria: unknown; direction: unknown; mappings: unknown[]; listId: unknown }>;
  };

function addLeads(office: ConnectedOffice): void {
  const people = [
    ['Ada', 'Norway'],
    ['Bea', 'Norway'],
    ['Cleo', 'Sweden'],
    ['Dora', 'Sweden'],
    ['Edda', 'Sweden'],
    ['Fay', 'Sweden'],
  ];
  for (const [firstname = '', address1_country = ''] of people) {
    const emailaddress1 = `${firstname.toLowerCase()}@example.com`;
    office.sales.create('lead', { firstname, lastname: 'Test', emailaddress1, address1_country, jobtitle: 'Countess' });
  }
}

test('conditions and a direction are built from what both accounts have, checked, and kept in the settings file', async ({
  launch,
  userData,
}) => {
  const { page } = await launch({ args: ['--demo'] });
  await openScreen(page);
  await page.getByRole('radio', { name: 'Those that meet conditions' }).click();
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await expect(saveBar(page).getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await expect(saveBar(page).getByText('One thing needs fixing first.')).toBeVisible();
  await expect(page.getByText('Choose a column.')).toBeHidden();
  await saveBar(page).getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('Choose a column.')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Column', exact: true })).toBeFocused();

  await pick(page, 'Column', 'address1_country', 'address1_country');
  await page.getByRole('textbox', { name: 'Value' }).fill('Norway');
  await page.getByRole('tab', { name: 'Contacts' }).click();
  await page.getByRole('combobox', { name: 'Direction' }).first().click();
  await page.getByRole('option', { name: 'Only to Dynamics' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. It counts from the next sync on.')).toBeVisible();
  await page.getByRole('tab', { name: 'Leads' }).click();
  await expect(page.getByRole('textbox', { name: 'Value' })).toHaveValue('Norway');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. It counts from the next sync on.')).toBeVisible();

  const { dataConfiguration } = await configuration(join(userData, 'sample-data/config.json'));
  expect([dataConfiguration.lead.criteria, dataConfiguration.contact.direction]).toEqual([
    { match: 'conditions', join: 'and', conditions: [{ field: 'address1_country', operator: 'equals', value: 'Norway' }] },
    'toDynamics',
  ]);
});

test('who would enter is counted and shown while it is chosen, and asked for once', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  addLeads(office);
  const { page } = await launch({ env: office.env });
  await openScreen(page);
  await expect(who(page).getByText('6 leads meet it now')).toBeVisible();
  await expect(who(page).getByRole('list', { name: 'Some of them' }).getByRole('listitem')).toHaveCount(5);

  await page.getByRole('radio', { name: 'Those in a saved view' }).click();
  await expect(who(page).getByText('Finish the choice above to see who meets it.')).toBeVisible();
  await pick(page, 'Saved view', 'norway', 'Leads from Norway');
  await expect(who(page).getByText('2 leads meet it now')).toBeVisible();

  await page.getByRole('radio', { name: 'Those that meet conditions' }).click();
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await pick(page, 'Column', 'address1_country', 'address1_country');
  office.dynamics.requests.clear();
  await page.getByRole('textbox', { name: 'Value' }).pressSequentially('Iceland', { delay: 20 });
  await expect(who(page).getByText('None of the leads meets it now')).toBeVisible();
  expect(office.dynamics.requests.lines().filter((line) => line.includes('$count'))).toHaveLength(1);

  await page.getByRole('combobox', { name: 'Column', exact: true }).fill('');
  await pick(page, 'Column', 'Created', 'Created On createdon');
  await page.getByRole('combobox', { name: 'Comparison' }).click();
  await expect(page.getByRole('option')).toHaveText([
    'is on or after',
    'is on or before',
    'is on',
    'is not on',
    'is after',
    'is before',
    'is empty',
    'is not empty',
  ]);
  await page.getByRole('option', { name: 'is before' }).click();
  await page.getByLabel('Date').fill('2030-01-02');
  await expect(who(page).getByText('6 leads meet it now')).toBeVisible();

  await page.getByRole('button', { name: 'Remove condition 1' }).click();
  await expect(page.getByRole('button', { name: 'Add a condition' })).toBeFocused();
  await expect(page.getByText('No condition yet.')).toBeVisible();
  await office.close();
});

test('fields are mapped with examples of both sides, by suggestion and by hand, and what that means is told before it is saved', async ({
  launch,
  userData,
}) => {
  const office = await openConnectedOffice(userData);
  addLeads(office);
  await office.run();
  const { page } = await launch({ env: office.env });
  await openScreen(page);
  const firstNames = page.getByRole('group', { name: 'Mapping of First Name' });
  await expect(firstNames.getByText('firstname · e.g. ')).toBeVisible();
  await expect(meaning(page).getByText('Nothing is changed.')).toBeVisible();

  await page.getByRole('button', { name: /suggestions/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Suggested mappings' });
  await expect(dialog.getByRole('button', { name: 'Add' })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: 'Job Title in Dynamics, Job title in ActiveCampaign' }).check();
  await dialog.getByRole('button', { name: 'Add one field' }).click();
  await expect(page.getByRole('group', { name: 'Mapping of Job Title' }).getByText('jobtitle · e.g. Countess')).toBeVisible();
  await expect(meaning(page).getByText('Newly mapped: Job Title')).toBeVisible();
  await expect(meaning(page).getByText(/The 6 people in sync are compared as at a first meeting/)).toBeVisible();

  await page.getByRole('button', { name: 'Add a field' }).click();
  await expect(page.getByRole('combobox', { name: 'Dynamics column' }).last()).toBeFocused();
  await pick(page, 'Dynamics column', 'Owner', 'Owner');
  await page.getByRole('combobox', { name: 'ActiveCampaign field' }).last().click();
  // A lookup goes to text only, and is never written.
  await expect(page.getByRole('option', { name: 'Country' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'Birthday' })).toBeHidden();
  await page.getByRole('option', { name: 'Company' }).click();
  const owners = page.getByRole('group', { name: 'Mapping of Owner' });
  await expect(owners.getByRole('combobox', { name: 'Direction' })).toHaveText(/To ActiveCampaign/);

  await page.getByRole('searchbox', { name: 'Search the mapped fields' }).fill('phone');
  await expect(page.getByRole('group', { name: /^Mapping of/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove Business Phone' }).click();
  await page.getByRole('searchbox', { name: 'Search the mapped fields' }).fill('');
  await expect(page.getByRole('group', { name: /^Mapping of/ })).toHaveCount(4);
  await expect(meaning(page).getByText('No longer mapped: Business Phone')).toBeVisible();

  await page.getByRole('combobox', { name: 'New people join' }).click();
  await page.getByRole('option', { name: 'Customers' }).click();
  await page.getByRole('combobox', { name: 'When both sides changed' }).click();
  await page.getByRole('option', { name: 'Hold it and ask me' }).click();
  await expect(page.getByText('Both sides keep what they have until you decide under People.')).toBeVisible();
  await saveBar(page).getByRole('button', { name: 'What it means' }).click();
  await expect(meaning(page).getByText(/join “Customers”/)).toBeInViewport();
  await saveBar(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. It counts from the next sync on.')).toBeVisible();
  await expect(meaning(page).getByText('Nothing is changed.')).toBeVisible();

  const { lead } = (await configuration(join(userData, 'config.json'))).dataConfiguration;
  expect(lead.mappings.slice(2)).toEqual([
    { dynamics: 'jobtitle', activeCampaign: 'field:2', direction: 'both' },
    { dynamics: 'ownerid', activeCampaign: 'field:1', direction: 'toActiveCampaign' },
  ]);
  await office.close();
});

test('what is gone from the accounts is said at its place, and nothing is saved until it is mended', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData, {
    settings: (before) => ({
      ...before,
      dataConfiguration: {
        ...before.dataConfiguration,
        lead: {
          ...before.dataConfiguration.lead,
          listId: '99',
          criteria: { match: 'view', viewId: '11111111-2222-4333-8444-555555555555', viewType: 'system' },
          mappings: [
            { dynamics: 'new_gone', activeCampaign: 'firstName', direction: 'both' },
            { dynamics: 'lastname', activeCampaign: 'field:99', direction: 'both' },
          ],
        },
      },
    }),
  });
  const { page } = await launch({ env: office.env });
  await openScreen(page);
  await expect(page.getByText('This list is not in ActiveCampaign any more.')).toBeVisible();
  await expect(page.getByText('This view no longer exists, or is not shared with you any more.')).toBeVisible();
  await expect(page.getByText('This column is not in Dynamics any more, or may not be read.')).toBeVisible();
  await expect(page.getByText('This field is not in ActiveCampaign any more.')).toBeVisible();
  await expect(saveBar(page).getByText('4 things need fixing first.')).toBeVisible();

  await page.getByRole('combobox', { name: 'New people join' }).click();
  await page.getByRole('option', { name: 'No list' }).click();
  await page.getByRole('radio', { name: 'All leads' }).click();
  await page.getByRole('button', { name: 'Remove new_gone' }).click();
  await page.getByRole('button', { name: 'Remove Last Name' }).click();
  await expect(page.getByText('Only the e-mail is mapped.')).toBeVisible();
  await saveBar(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. It counts from the next sync on.')).toBeVisible();
  await office.close();
});

test('it waits for both accounts, says what does not answer, and goes on when it does', async ({ launch, userData }) => {
  let letThrough = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  let down = false;
  const clock = impatientClock();
  const office = await openConnectedOffice(userData, {
    around: {
      activeCampaign: (handler: SampleHandler) => async (request) => {
        await gate;
        return handler(request);
      },
      dynamics: (handler: SampleHandler) => withFaults(handler, () => (down ? statusFault(503) : null), clock),
    },
  });
  const { page } = await launch({ env: office.env });
  await openScreen(page);
  await expect(page.getByText('Reading the fields of both accounts')).toBeVisible();
  letThrough();
  await expect(who(page).getByText('None of the leads meets it now')).toBeVisible();

  down = true;
  await page.getByRole('button', { name: 'Count again' }).click();
  await expect(who(page).getByText('Who meets it cannot be told now.')).toBeVisible();
  await page.getByRole('tab', { name: 'Contacts' }).click();
  await expect(page.getByText(/^Dynamics 365 .* cannot answer/)).toBeVisible();
  down = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Sync contacts' })).toBeVisible();
  await office.close();
});

test('nothing is offered before the accounts are connected', async ({ launch }) => {
  const { page } = await launch();
  await openScreen(page);
  await page.getByRole('button', { name: 'Go to Connection' }).click();
  await expect(page.getByRole('heading', { name: 'Connection', exact: true })).toBeVisible();
});

test('a settings file that is edited wrongly is named where it concerns this screen, and not written over', async ({
  launch,
  userData,
}) => {
  const office = await openConnectedOffice(userData);
  const { page } = await launch({ env: office.env });
  await openScreen(page);
  const leads = page.getByRole('switch', { name: 'Sync leads' });
  await leads.click();
  await expect(page.getByRole('tab', { name: 'Leads •' })).toBeVisible();
  await leads.click();
  await expect(saveBar(page).getByText('No changes.')).toBeVisible();
  await leads.click();
  await expect(meaning(page).getByText('Leads are switched off')).toBeVisible();
  const file = join(userData, 'config.json');
  const { lead, contact } = office.settings().dataConfiguration;
  const broken = { lead: { ...lead, mappings: [{ dynamics: 'Job Title', activeCampaign: 'firstName' }], conflictWinner: 'me' }, contact };
  await writeFile(file, JSON.stringify({ ...office.settings(), dataConfiguration: broken }));

  await expect(page.getByRole('region', { name: 'Field mapping' }).getByText(/In config.json: .*mappings\[0\].dynamics/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Sync leads' }).getByText(/In config.json: .*conflictWinner/)).toBeVisible();
  await expect(saveBar(page).getByText('Cannot be saved until config.json is corrected.')).toBeVisible();
  await expect(saveBar(page).getByRole('button', { name: 'Save', exact: true })).toBeDisabled();

  await writeFile(
    file,
    JSON.stringify({ ...office.settings(), dataConfiguration: { lead: { ...lead, direction: 'toDynamics' }, contact } }),
  );
  await expect(page.getByText(/In config.json/)).toHaveCount(0);
  // What was edited in the file stays beside what is edited here.
  await saveBar(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. It counts from the next sync on.')).toBeVisible();
  expect((await configuration(file)).dataConfiguration.lead).toMatchObject({ enabled: false, direction: 'toDynamics' });
  await office.close();
});

test('all of it can be done with the keyboard', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  addLeads(office);
  const { page } = await launch({ env: office.env });
  await openScreen(page);
  await expect(who(page).getByText('6 leads meet it now')).toBeVisible();
  const { keyboard } = page;
  await page.getByRole('radio', { name: 'All leads' }).focus();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Add a condition' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Column', exact: true })).toBeFocused();
  await keyboard.type('address1_country');
  await keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Column', exact: true })).toHaveValue('Country/Region');
  await keyboard.press('Tab');
  await expect(page.getByRole('combobox', { name: 'Comparison' })).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.type('Norway');
  await expect(who(page).getByText('2 leads meet it now')).toBeVisible();
  // What has the keyboard is never under the bar.
  const barTop = (await saveBar(page).boundingBox())?.y ?? 0;
  for (const _stop of Array.from({ length: 12 })) {
    await keyboard.press('Tab');
    const bottom = await page.evaluate(() => document.activeElement?.getBoundingClientRect().bottom ?? 0);
    expect(bottom).toBeLessThanOrEqual(barTop);
  }
  await page.getByRole('button', { name: 'Save', exact: true }).focus();
  await keyboard.press('Enter');
  await expect(page.getByText('Saved. It counts from the next sync on.')).toBeVisible();
  await office.close();
});

test('many mapped fields are shown page by page and found by searching; a field that is new is offered once the fields are read again', async ({
  launch,
  userData,
}) => {
  const columns =
    'middlename jobtitle emailaddress2 emailaddress3 telephone2 telephone3 mobilephone websiteurl address1_line1 address1_line2 address1_city ' +
    'address1_stateorprovince address1_postalcode address1_country companyname subject new_kundenummer numberofemployees revenue budgetamount ' +
    'estimatedamount new_score donotphone donotfax donotpostalmail donotsendmm followemail new_newsletter';
  const mappings = columns.split(' ').map((dynamics) => ({ dynamics, activeCampaign: 'field:1', direction: 'toDynamics' as const }));
  const office = await openConnectedOffice(userData, {
    settings: (before) => ({
      ...before,
      dataConfiguration: { ...before.dataConfiguration, lead: { ...before.dataConfiguration.lead, mappings } },
    }),
  });
  const { page } = await launch({ env: office.env });
  await openScreen(page);
  const rows = page.getByRole('group', { name: /^Mapping of/ });
  await expect(rows).toHaveCount(25);
  await page.getByRole('searchbox', { name: 'Search the mapped fields' }).fill('new_newsletter');
  await expect(rows).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search the mapped fields' }).fill('');
  await page.getByRole('button', { name: 'Show 3 more' }).click();
  await expect(rows).toHaveCount(28);

  await fetch(`${office.activeCampaign.url}/api/3/fields`, {
    method: 'POST',
    headers: { 'api-token': office.activeCampaign.key },
    body: JSON.stringify({ field: { title: 'Favourite colour', type: 'text', visible: 1 } }),
  });
  await page.getByRole('button', { name: 'Read the fields again' }).click();
  await page.getByRole('button', { name: 'Add a field' }).click();
  await pick(page, 'ActiveCampaign field', 'favou', 'Favourite colour');
  await expect(page.getByRole('group', { name: 'Mapping of Favourite colour' })).toBeVisible();
  await office.close();
});

test('each state is accessible in light and dark and fits from 900x640 to 4K', async ({ launch, userData }) => {
  test.setTimeout(240_000);
  const office = await openConnectedOffice(userData);
  addLeads(office);
  await office.run();
  const { page } = await launch({ env: office.env });
  await openScreen(page);
  await expect(who(page).getByText('6 leads meet it now')).toBeVisible();
  await page.getByRole('radio', { name: 'Those that meet conditions' }).click();
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('button', { name: 'Add a field' }).click();
  await saveBar(page).getByRole('button', { name: 'Show' }).click();
  await expectToFit(page, 'with something to fix');
  await expectAccessible(page, 'with something to fix');
  await page.getByRole('radio', { name: 'All leads' }).click();
  await page.getByRole('button', { name: 'Remove the new row' }).click();
  await page.getByRole('button', { name: /suggestions/ }).click();
  await expectAccessible(page, 'with suggestions');
  await page.getByRole('checkbox', { name: /^Company/ }).check();
  await page.getByRole('button', { name: 'Add one field' }).click();
  await expect(meaning(page).getByText('Newly mapped: Company Name')).toBeVisible();
  await expectToFit(page, 'with a change');
  await expectAccessible(page, 'with a change');
  await office.close();
});
