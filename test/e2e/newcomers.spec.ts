import { expect, test } from './fixtures.ts';
import { openWidenedOffice } from './widened-office.ts';

test('those whom wider criteria let in wait for an answer, and one who was left out is brought in by hand', async ({
  launch,
  userData,
}) => {
  const office = await openWidenedOffice(userData);
  const app = await launch({ env: office.env });
  const { page } = app;
  const attention = page.getByRole('region', { name: 'Needs attention' });
  const leads = attention.getByRole('listitem').filter({ hasText: '2 more leads meet the criteria now. Bring them in at the next run?' });
  await leads.getByRole('button', { name: 'See who' }).click();
  const people = page.getByRole('list', { name: 'People' });
  await expect(people.getByRole('button')).toHaveText([/bo@example.com/, /cy@example.com/, /dag@example.com/]);
  await expect(people.getByRole('img', { name: 'Waits for your answer' })).toHaveCount(3);

  await page.getByRole('navigation').getByRole('button', { name: 'Data Configuration' }).click();
  const question = page.getByRole('region', { name: '2 more leads meet the criteria now. Bring them in at the next run?' });
  await question.getByRole('button', { name: 'Leave them out' }).click();
  await expect(question).toBeHidden();
  await page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click();
  await attention.getByRole('button', { name: 'Bring them in' }).click();
  await expect(attention.getByText('Nothing needs you.')).toBeVisible();

  await page.getByRole('navigation').getByRole('button', { name: 'People' }).click();
  await expect(people.getByRole('img', { name: 'Left out' })).toHaveCount(2);
  await people.getByRole('button', { name: 'cy@example.com' }).click();
  await expect(page.getByText(/^Left out at .*, with all who met the criteria then\.$/)).toBeVisible();
  await page.getByRole('button', { name: 'Bring in at the next run' }).click();
  await expect(page.getByText('The next run takes the person up.')).toBeVisible();
  await app.quit();

  await office.run();
  expect(new Set(office.office.people().map(({ email }) => email))).toEqual(
    new Set(['ada@example.com', 'cy@example.com', 'dag@example.com']),
  );
  await office.close();
});
