import { describe, expect, test } from 'vitest';
import { readAhead } from '../../main/sync/read/read-ahead.ts';
import { sideBySide } from '../../main/sync/read/side-by-side.ts';

/** Pages 1 to `last`, and in which order they were asked for and worked on. */
function source(last: number, failsAt = Number.POSITIVE_INFINITY) {
  const events: string[] = [];
  async function* pages(): AsyncGenerator<number> {
    try {
      for (let page = 1; page <= last; page += 1) {
        events.push(`${page} is asked for`);
        await Promise.resolve();
        if (page === failsAt) throw new Error(`${page} fails`);
        yield page;
      }
    } finally {
      events.push('nothing more is asked for');
    }
  }
  return { events, pages: readAhead(pages()) };
}

describe('reading ahead', () => {
  test('asks for the next page while one is worked on, and for no more than that', async () => {
    const { events, pages } = source(3);
    for await (const page of pages) {
      events.push(`${page} is worked on`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${page} is done`);
    }
    expect(events).toEqual([
      '1 is asked for',
      '2 is asked for',
      '1 is worked on',
      '1 is done',
      '3 is asked for',
      '2 is worked on',
      '2 is done',
      'nothing more is asked for',
      '3 is worked on',
      '3 is done',
    ]);
  });

  test('tells a failure after the pages before it', async () => {
    const { events, pages } = source(3, 2);
    const read = async () => {
      for await (const page of pages) {
        await new Promise((resolve) => setImmediate(resolve));
        events.push(`${page} is done`);
      }
    };
    await expect(read()).rejects.toThrow('2 fails');
    expect(events).toContain('1 is done');
  });

  test('leaves nothing under way when it is broken off', async () => {
    const { events, pages } = source(9);
    for await (const page of pages) if (page === 2) break;
    expect(events.slice(-2)).toEqual(['3 is asked for', 'nothing more is asked for']);
  });
});

describe('two readings side by side', () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  test('answer what both have read', async () => {
    expect(
      await sideBySide(
        async () => 'people',
        async () => 'rows',
      ),
    ).toEqual(['people', 'rows']);
  });

  test('end together: when one fails, the other stops at its next page, and the first failure is told', async () => {
    let pages = 0;
    const endless = async (goOn: () => void) => {
      for (;;) {
        await turn();
        goOn();
        pages += 1;
      }
    };
    const failing = async () => {
      await turn();
      await turn();
      throw new Error('the service is down');
    };
    await expect(sideBySide(failing, endless)).rejects.toThrow('the service is down');
    const pagesThen = pages;
    await turn();
    expect([pagesThen < 4, pages]).toEqual([true, pagesThen]);
  });
});
