/** Text as the database compares it: without regard to case, letter by letter (no letter becomes two) and to Unicode form. */
export const folded = (text: string) => text.normalize('NFC').replace(/\P{ASCII}|[A-Z]/gu, lowerCase);

function lowerCase(letter: string): string {
  const lower = letter.toLowerCase();
  return lower.length === letter.length ? lower : letter;
}

/**
 * A SQL `LIKE` pattern, which is what `contains`, `startswith`, `endswith` and FetchXML's `like` become: `%` stands for any text,
 * `_` for one character, `[a-f]` and `[^a]` for one of a set. `[%]`, `[_]` and `[[]` are the characters themselves.
 */
export function likePattern(pattern: string): (text: string) => boolean {
  const source = folded(pattern).replace(
    /\[(\^?)([^\]]+)\]|[%_]|[\\^$.*+?()[\]{}|/-]/g,
    (found, not: string | undefined, set: string | undefined) => {
      if (set !== undefined) return `[${not ?? ''}${set.replace(/[\\[\]^]/g, '\\$&')}]`;
      if (found === '%') return '.*';
      return found === '_' ? '.' : `\\${found}`;
    },
  );
  const expression = new RegExp(`^${source}$`, 's');
  return (text) => expression.test(folded(text));
}
