/** Text as the database compares it: without regard to case. */
export const folded = (text: string) => text.toLowerCase();

/**
 * A SQL `LIKE` pattern, which is what `contains`, `startswith`, `endswith` and FetchXML's `like` become: `%` stands for any text,
 * `_` for one character, `[a-f]` and `[^a]` for one of a set. `[%]`, `[_]` and `[[]` are the characters themselves.
 */
export function likePattern(pattern: string): (text: string) => boolean {
  const source = pattern.replace(
    /\[(\^?)([^\]]+)\]|[%_]|[\\^$.*+?()[\]{}|/-]/g,
    (found, not: string | undefined, set: string | undefined) => {
      if (set !== undefined) return `[${not ?? ''}${set.replace(/[\\[\]^]/g, '\\$&')}]`;
      if (found === '%') return '.*';
      return found === '_' ? '.' : `\\${found}`;
    },
  );
  const expression = new RegExp(`^${source}$`, 'is');
  return (text) => expression.test(text);
}
