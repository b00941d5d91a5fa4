import { useCallback, useEffect, useState } from 'react';
import type { Entity } from '../../../shared/entity.ts';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import type { IpcError } from '../../../shared/ipc.ts';
import { useApi } from '../../app/context.ts';

interface Reading {
  /** As last read; it stays while it is read again. */
  readonly value: FieldChoices | null;
  readonly error: IpcError | null;
  readonly pending: boolean;
}

const unread: Reading = { value: null, error: null, pending: true };

/** What can be chosen from for `entity`: read once for each while the screen is kept, and again when somebody asks for it. */
export function useFieldChoices(entity: Entity): Reading & { readonly readAgain: () => void } {
  const api = useApi();
  const [readings, setReadings] = useState<Readonly<Record<Entity, Reading>>>({ lead: unread, contact: unread });
  const { pending } = readings[entity];

  useEffect(() => {
    if (!pending) return;
    let awaited = true;
    void api.call.getFieldChoices(entity).then((result) => {
      if (!awaited) return;
      setReadings((before) => ({
        ...before,
        [entity]: result.ok
          ? { value: result.value, error: null, pending: false }
          : { value: before[entity].value, error: result.error, pending: false },
      }));
    });
    return () => {
      awaited = false;
    };
  }, [api, entity, pending]);

  const readAgain = useCallback(
    () => setReadings((before) => ({ ...before, [entity]: { ...before[entity], error: null, pending: true } })),
    [entity],
  );
  return { ...readings[entity], readAgain };
}
