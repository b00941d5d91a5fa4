import { shell } from 'electron';

/** Opens the file in what the system opens such files with; where there is nothing, shows it in its folder. */
export async function openFile(path: string): Promise<void> {
  if ((await shell.openPath(path)) !== '') shell.showItemInFolder(path);
}
