/** Asks for the next page while the last one is being worked on. Two pages are held at most; a page that fails is told in its turn. */
export async function* readAhead<Page>(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  const iterator = pages[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const page = await next;
      if (page.done === true) return;
      next = iterator.next();
      next.catch(() => undefined);
      yield page.value;
    }
  } finally {
    // Whoever stops in the middle leaves no request behind.
    await next.catch(() => undefined);
    await iterator.return?.();
  }
}
