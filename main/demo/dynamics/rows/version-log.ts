/** Row ids in the order of the versions at which something happened to them: what happened after a version is at its end. */
export interface VersionLog {
  /** Versions must come in rising order. */
  add(version: number, id: string): void;
  /** What was added after `version`, oldest first. Costs as much as it gives. */
  after(version: number): IterableIterator<readonly [version: number, id: string]>;
}

/**
 * @param isCurrent whether an entry still says something; the others are dropped when they outnumber the rest. They are dropped on a
 *   read alone: in the middle of a change set an entry that is out of date may yet become current again.
 */
export function createVersionLog(isCurrent: (version: number, id: string) => boolean): VersionLog {
  let versions: number[] = [];
  let ids: string[] = [];
  let compactAt = 10_000;

  const compact = () => {
    const kept = versions.map((version, index) => [version, ids[index] ?? ''] as const).filter(([version, id]) => isCurrent(version, id));
    versions = kept.map(([version]) => version);
    ids = kept.map(([, id]) => id);
    compactAt = Math.max(10_000, versions.length * 2);
  };

  return {
    add(version, id) {
      versions.push(version);
      ids.push(id);
    },
    *after(version) {
      if (versions.length > compactAt) compact();
      for (let index = firstAfter(versions, version); index < versions.length; index += 1) {
        const found = versions[index];
        const id = ids[index];
        if (found !== undefined && id !== undefined && isCurrent(found, id)) yield [found, id];
      }
    },
  };
}

function firstAfter(versions: readonly number[], version: number): number {
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((versions[middle] ?? 0) > version) high = middle;
    else low = middle + 1;
  }
  return low;
}
