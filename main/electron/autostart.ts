import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The start at login of Linux: https://specifications.freedesktop.org/autostart-spec/latest/ */

export interface Autostart {
  /** Folder of the desktop's configuration (`XDG_CONFIG_HOME`). */
  readonly configDirectory: string;
  readonly executable: string;
  readonly argument: string;
}

/**
 * Writes or removes the autostart file. One that starts this executable already is left as it is: the desktop's own settings may have
 * switched it off in there, and that is the person's will too.
 */
export async function setAutostart(on: boolean, { configDirectory, executable, argument }: Autostart): Promise<void> {
  const file = join(configDirectory, 'autostart', 'leadferry.desktop');
  if (!on) return rm(file, { force: true });
  const command = `Exec=${quoted(executable)} ${argument}`;
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present.split(/\r?\n/).includes(command)) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `[Desktop Entry]\nType=Application\nName=Leadferry\n${command}\nTerminal=false\nX-GNOME-Autostart-enabled=true\n`);
}

/** https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html, and one level of escapes more for the file itself. */
function quoted(path: string): string {
  const argument = path.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%');
  return `"${argument.replaceAll('\\', String.raw`\\`)}"`;
}
