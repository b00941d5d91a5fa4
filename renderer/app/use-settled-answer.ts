import { useCallback, useEffect, useRef, useState } from 'react';
import type { IpcError, IpcResult } from '../../shared/ipc.ts';

/** Long enough that somebody who types or clicks through a list asks once. */
const pauseMs = 400;

export interface SettledAnswer<Value> {
  /** The last answer that was no error, also while another one is awaited: nothing jumps. */
  readonly value: Value | null;
  /** Whether `value` or `error` answers the question as it stands now. */
  readonly current: boolean;
  readonly error: IpcError | null;
  readonly askAgain: () => void;
}

interface Answered<Value> {
  readonly question: string | null;
  readonly value: Value | null;
  readonly error: IpcError | null;
}

/**
 * What the main process answers to a question that changes while somebody edits: asked once it has settled, and never twice for the same.
 * @param question something that JSON can hold; null while there is nothing to ask.
 * @param ask the same function each time.
 */
export function useSettledAnswer<Question, Value>(
  question: Question | null,
  ask: (question: Question) => Promise<IpcResult<Value>>,
): SettledAnswer<Value> {
  const key = question === null ? null : JSON.stringify(question);
  const [answered, setAnswered] = useState<Answered<Value>>({ question: null, value: null, error: null });
  const current = key !== null && answered.question === key;
  // The first question has nothing to settle.
  const mayWait = useRef(false);

  useEffect(() => {
    if (key === null || current) return;
    let awaited = true;
    const askNow = async (): Promise<void> => {
      mayWait.current = true;
      const result = await ask(JSON.parse(key) as Question);
      if (!awaited) return;
      setAnswered((before) =>
        result.ok ? { question: key, value: result.value, error: null } : { question: key, value: before.value, error: result.error },
      );
    };
    const timer = setTimeout(() => void askNow(), mayWait.current ? pauseMs : 0);
    return () => {
      awaited = false;
      clearTimeout(timer);
    };
  }, [ask, key, current]);

  const askAgain = useCallback(() => {
    mayWait.current = false;
    setAnswered((before) => ({ ...before, question: null, error: null }));
  }, []);
  return { value: answered.value, current, error: current ? answered.error : null, askAgain };
}
