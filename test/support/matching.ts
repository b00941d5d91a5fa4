import { expect } from 'vitest';

/** Vitest's matchers, with a type that nothing can be read from. */
export const textWith = (part: string): unknown => expect.stringContaining(part);
export const having = (part: object): unknown => expect.objectContaining(part);
export const listWith = (...parts: readonly unknown[]): unknown => expect.arrayContaining([...parts]);
