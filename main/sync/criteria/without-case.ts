/**
 * Text in the form in which two texts that differ only in case are the same, as Dynamics compares them.
 *
 * Letter by letter and without a language: a final sigma is a letter of its own, ß is not ss, and the dotted İ and the dotless ı of Turkish
 * are not the i. Accents count. The database of an environment may take more texts for equal (accents, ß and ss): its collation is not
 * told to clients.
 */
export function withoutCase(text: string): string {
  return onlyAscii.test(text) ? text.toLowerCase() : Array.from(text.normalize('NFC'), lowerCase).join('');
}

const onlyAscii = /^\p{ASCII}*$/u;

/** What becomes two letters (İ) stays as it is. */
function lowerCase(letter: string): string {
  const lower = letter.toLowerCase();
  return lower.length === letter.length ? lower : letter;
}
