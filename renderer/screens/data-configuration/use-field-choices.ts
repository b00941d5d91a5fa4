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
export function useFieldChoices(entity: Entity): Reading & {
  readonly readAgain: () => void;
  /** A field of ActiveCampaign has these options now. */
  readonly replaceOptions: (field: string, options: readonly string[]) => void;
} {
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
  const replaceOptions = useCallback(
    (field: string, options: readonly string[]) =>
      setReadings(({ lead, contact }) => ({ lead: withOptions(lead, field, options), contact: withOptions(contact, field, options) })),
    [],
  );
  return { ...readings[entity], readAgain, replaceOptions };
}

function withOptions(reading: Reading, name: string, options: readonly string[]): Reading {
  if (reading.value === null) return reading;
  const fields = reading.value.fields.map((field) => (field.name === name ? { ...field, options: [...options] } : field));
  return { ...reading, value: { ...reading.value, fields } };
}
