import type { CriteriaPreview } from '../../../shared/criteria-preview.ts';
import type { Entity } from '../../../shared/entity.ts';
import type { Criteria } from '../../../shared/settings.ts';
import { useApi } from '../../app/context.ts';
import { type SettledAnswer, useSettledAnswer } from '../../app/use-settled-answer.ts';

/** Who meets the criteria now; @param criteria null while they are unfinished. */
export function useCriteriaPreview(entity: Entity, criteria: Criteria | null): SettledAnswer<CriteriaPreview> {
  const { call } = useApi();
  return useSettledAnswer(criteria === null ? null : { entity, criteria }, call.previewCriteria);
}
