import type { Direction } from './settings.ts';

interface MappingTargets {
  readonly dynamics: string;
  readonly activeCampaign: string;
  readonly direction: Direction;
}

export interface TwiceWritten {
  /** Position of the later mapping, and of the one that writes there already. */
  readonly index: number;
  readonly first: number;
  readonly side: 'dynamics' | 'activeCampaign';
}

/** A column or a field that two mappings write to would get the value of the one that came last. */
export function twiceWritten(mappings: readonly MappingTargets[]): TwiceWritten[] {
  const writers = { dynamics: new Map<string, number>(), activeCampaign: new Map<string, number>() };
  return mappings.flatMap((mapping, index) => {
    const sides = [
      ...(mapping.direction === 'toActiveCampaign' ? [] : (['dynamics'] as const)),
      ...(mapping.direction === 'toDynamics' ? [] : (['activeCampaign'] as const)),
    ];
    return sides.flatMap((side) => {
      const first = writers[side].get(mapping[side]);
      if (first !== undefined) return [{ index, first, side }];
      writers[side].set(mapping[side], index);
      return [];
    });
  });
}
