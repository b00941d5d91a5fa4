import type { ForgedSender } from './app.ts';
import { expect, test } from './fixtures.ts';

for (const sender of ['sub-frame', 'other-window', 'foreign-page'] as const satisfies readonly ForgedSender[]) {
  test(`a message from a ${sender.replace('-', ' ')} is refused before it is looked at`, async ({ launch }) => {
    const app = await launch();
    await expect(app.page.getByRole('heading', { name: 'Connection' })).toBeVisible();
    const answers = [await app.forgeCall(sender, 'getState', undefined), await app.forgeCall(sender, 'setSampleData', true)];
    expect(answers).toMatchObject([
      { ok: false, error: { code: 'sender-refused' } },
      { ok: false, error: { code: 'sender-refused' } },
    ]);
    expect(await app.polluted()).toEqual([]);
    await expect(app.page.getByText('Everything works and nothing leaves this computer.')).toBeHidden();
  });
}
