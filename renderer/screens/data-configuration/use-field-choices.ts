import { useCallback, useEffect, useState } from 'react';
import type { Entity } from '../../../shared/entity.ts';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import type { IpcError } from '../../../shared/ipc.ts';
import { useApi } from '../../app/context.ts';

type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly value: FieldChoices }
  | { readonly kind: 'failed'; readonly error: IpcError };

const loading: Loaded = { kind: 'loading' };

/** What can be chosen from for `entity`, read once for each while the screen is kept. */
export function useFieldChoices(entity: Entity): { readonly choices: Loaded; readonly reload: () => void } {
  const api = useApi();
  const [choices, setChoices] = useState<Readonly<Partial<Record<Entity, Loaded>>>>({});
  const known = choices[entity];

  useEffect(() => {
    if (known !== undefined) return;
    let current = true;
    void api.call.getFieldChoices(entity).then((result) => {
      if (!current) return;
      const loaded: Loaded = result.ok ? { kind: 'loaded', value: result.value } : { kind: 'failed', error: result.error };
      setChoices((before) => ({ ...before, [entity]: loaded }));
    });
    return () => {
      current = false;
    };
  }, [api, entity, known]);

  const reload = useCallback(() => setChoices(({ [entity]: _failed, ...others }) => others), [entity]);
  return { choices: known ?? loading, reload };
}
