import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { secretForms } from '../../main/log/secret-forms.ts';

/** So much of a secret is a leak, also where the rest was cut off. What the log keeps of one is shorter. */
const telling = 16;

/** What must not be found of a secret: each form that the log knows, and hexadecimal, with a beginning or an end of it alone. */
function traces(secret: string): readonly string[] {
  const hex = Buffer.from(secret).toString('hex');
  const forms = [...secretForms(secret), hex, hex.toUpperCase()];
  return [...new Set(forms.flatMap((form) => [form.slice(0, telling), form.slice(-telling)]))];
}

/** A text that is searched, and what it is called in a failed test. */
export interface Searched {
  readonly where: string;
  readonly content: Buffer | string;
}

/** Every file that an app has left in its data directory, byte by byte. */
export async function filesIn(directory: string): Promise<readonly Searched[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ where: relative(directory, path), content: await readFile(path) })));
}

/** Where something of a secret is, by the name that the secret has in the test. */
export function findSecrets(secrets: Readonly<Record<string, string>>, places: readonly Searched[]): readonly string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    places.flatMap(({ where, content }) =>
      // SQLite keeps text as UTF-8; Chromium keeps some of its own as UTF-16.
      traces(secret)
        .filter((trace) => content.includes(trace) || (Buffer.isBuffer(content) && content.includes(Buffer.from(trace, 'utf16le'))))
        .map((trace) => `${name} is in ${where} as ${trace}`),
    ),
  );
}
