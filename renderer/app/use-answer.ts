import { useCallback, useEffect, useRef, useState } from 'react';
import type { IpcError, IpcResult } from '../../shared/ipc.ts';

export type Answer<Value> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly value: Value }
  | { readonly kind: 'failed'; readonly error: IpcError };

/**
 * What the main process answers to `ask`, asked anew whenever `ask` (kept by `useCallback`) or `version` is another one. The answer before
 * stays until the new one is there, so that nothing jumps.
 */
export function useAnswer<Value>(
  ask: () => Promise<IpcResult<Value>>,
  version?: string | number | null,
): { readonly answer: Answer<Value>; readonly reload: () => Promise<void> } {
  const [answer, setAnswer] = useState<Answer<Value>>({ kind: 'loading' });
  const latest = useRef(0);
  const reload = useCallback(async () => {
    latest.current += 1;
    const turn = latest.current;
    const result = await ask();
    if (turn === latest.current) setAnswer(result.ok ? { kind: 'loaded', value: result.value } : { kind: 'failed', error: result.error });
  }, [ask]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another version asks for another answer
  useEffect(() => {
    void reload();
    return () => {
      latest.current += 1;
    };
  }, [reload, version]);
  return { answer, reload };
}
