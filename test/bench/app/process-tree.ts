import { readdir, readFile } from 'node:fs/promises';

/** What a process has used so far. */
interface Process {
  readonly parent: number;
  readonly cpuSeconds: number;
}

/** In which Linux counts processor time for programs, whatever the kernel counts in. */
const ticksPerSecond = 100;

/** Of every process of this machine, by its id. One that ends meanwhile is left out. Linux only. */
async function processes(): Promise<ReadonlyMap<number, Process>> {
  const found = new Map<number, Process>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
    // The name of the program stands in parentheses and may contain anything; state, parent and numbers follow it.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields === undefined) continue;
    const ticks = Number(fields[11]) + Number(fields[12]);
    found.set(Number(name), { parent: Number(fields[1]), cpuSeconds: ticks / ticksPerSecond });
  }
  return found;
}

/** CPU seconds of each process that this one has started, and of those that they have started: in a benchmark, the app's. */
export async function cpuOfDescendants(): Promise<ReadonlyMap<number, number>> {
  const all = await processes();
  const isDescendant = (id: number): boolean => {
    const parent = all.get(id)?.parent;
    return parent !== undefined && (parent === process.pid || isDescendant(parent));
  };
  return new Map([...all].flatMap(([id, { cpuSeconds }]) => (isDescendant(id) ? [[id, cpuSeconds]] : [])));
}

/** CPU seconds that were used between two looks. */
export function cpuBetween(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  return [...after].reduce((sum, [id, seconds]) => sum + seconds - (before.get(id) ?? 0), 0);
}

/** Memory of these processes; what several of them share is counted once. */
export async function memoryOf(ids: Iterable<number>): Promise<number> {
  let bytes = 0;
  for (const id of ids) {
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    bytes += Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1024;
  }
  return bytes;
}
