import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { app, dialog } from 'electron';
import { ApplicationError } from '../application-port.ts';

/**
 * Asks where to save a file, and writes it part by part.
 * @returns its path; null where the person thought better of it. @throws ApplicationError `file-not-written`
 */
export async function saveExport(name: string, extension: string, parts: () => Iterable<string>): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: join(app.getPath('downloads'), `${name}.${extension}`),
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  });
  if (canceled) return null;
  try {
    await pipeline(Readable.from(parts()), createWriteStream(filePath));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new ApplicationError('file-not-written', {
      message: `The file could not be written: ${words}`,
      advice: 'Choose another folder, or close the program that has the file open.',
    });
  }
  return filePath;
}
