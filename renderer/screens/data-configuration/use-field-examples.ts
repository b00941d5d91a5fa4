import { useMemo } from 'react';
import type { Entity } from '../../../shared/entity.ts';
import type { FieldExamples } from '../../../shared/field-examples.ts';
import { useApi } from '../../app/context.ts';
import { useSettledAnswer } from '../../app/use-settled-answer.ts';
import type { MappingDraft } from './draft.ts';

/** Example values of both sides of every mapping; null until they are there. */
export function useFieldExamples(entity: Entity, mappings: readonly MappingDraft[]): FieldExamples | null {
  const { call } = useApi();
  // In order, so that moved rows ask nothing new.
  const wanted = useMemo(
    () => ({ entity, columns: namesOf(mappings, 'dynamics'), fields: namesOf(mappings, 'activeCampaign') }),
    [entity, mappings],
  );
  return useSettledAnswer(wanted, call.getFieldExamples).value;
}

const namesOf = (mappings: readonly MappingDraft[], side: 'dynamics' | 'activeCampaign'): string[] =>
  [...new Set(mappings.flatMap((mapping) => mapping[side] ?? []))].sort();
