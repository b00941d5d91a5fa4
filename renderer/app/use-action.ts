import { useCallback, useRef, useState } from 'react';
import type { IpcError, IpcResult } from '../../shared/ipc.ts';

export interface Action<Value> {
  readonly state:
    | { readonly kind: 'ready' }
    | { readonly kind: 'pending' }
    | { readonly kind: 'done'; readonly value: Value }
    | { readonly kind: 'failed'; readonly error: IpcError };
  /** Answers whether it went well. */
  readonly run: (call: () => Promise<IpcResult<Value>>) => Promise<boolean>;
  /** Nothing is told any more, not of what is under way either. */
  readonly reset: () => void;
}

/** One call of the main process that a person starts, with what came of it. */
export function useAction<Value = void>(): Action<Value> {
  const [state, setState] = useState<Action<Value>['state']>({ kind: 'ready' });
  const latest = useRef(0);
  const run = useCallback(async (call: () => Promise<IpcResult<Value>>) => {
    latest.current += 1;
    const turn = latest.current;
    setState({ kind: 'pending' });
    const result = await call();
    if (turn === latest.current) setState(result.ok ? { kind: 'done', value: result.value } : { kind: 'failed', error: result.error });
    return result.ok;
  }, []);
  const reset = useCallback(() => {
    latest.current += 1;
    setState({ kind: 'ready' });
  }, []);
  return { state, run, reset };
}
