import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settingsSchema } from '../../shared/settings.ts';
import { openConnectedOffice } from './connected-office.ts';
import { expect, test } from './fixtures.ts';

test('an automation is chosen whose people become leads, or shown how to give the two tags itself', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  await office.run();
  const app = await launch({ env: office.env });
  const { page } = app;
  await page.getByRole('button', { name: 'Data Configuration' }).click();
  const section = page.getByRole('region', { name: 'Create a lead when somebody enters an automation' });

  await section.getByText('Or let the automation give the tags itself').click();
  const steps = section.getByRole('list', { name: 'Steps of the automation' });
  await expect(steps.getByRole('listitem')).toContainText([
    'However the automation begins',
    'D365: Lead',
    'D365: Pulled from ActiveCampaign',
  ]);
  await section.getByRole('button', { name: 'Copy “D365: Pulled from ActiveCampaign”' }).click();
  const picker = section.getByRole('combobox', { name: 'Add an automation' });
  await picker.focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(picker).toHaveValue('D365: Pulled from ActiveCampaign');

  await picker.clear();
  await picker.pressSequentially('webinar');
  await page.getByRole('option', { name: 'Webinar follow-up' }).click();
  const chosen = section.getByRole('list', { name: 'Chosen automations' });
  await expect(chosen.getByRole('listitem')).toHaveText(['Webinar follow-up']);
  await picker.pressSequentially('summer');
  await page.getByRole('option', { name: 'Summer campaign 2023' }).click();
  await expect(chosen).toContainText('Summer campaign 2023Switched off');
  await section.getByRole('button', { name: 'Remove Summer campaign 2023' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. It counts from the next sync on.')).toBeVisible();
  await app.quit();

  const settings = settingsSchema.parse(JSON.parse(await readFile(join(userData, 'config.json'), 'utf8')));
  expect(settings.dataConfiguration.lead.createFromAutomations).toEqual([String(office.office.automationId('Webinar follow-up'))]);
  office.configure(() => settings);
  office.clock.pass(8 * 60 * 60 * 1000);
  const ada = office.office.create('ada@example.com', { firstName: 'Ada', lastName: 'Lovelace' });
  office.office.enterAutomation(ada.id, 'Webinar follow-up');
  await office.run();
  expect(office.office.person(ada.id)?.tags).toEqual(['D365: Lead', 'D365: Pulled from ActiveCampaign']);
  expect([...office.sales.rows('lead')].map(({ columns }) => columns.emailaddress1)).toEqual(['ada@example.com']);
  await office.close();
});
