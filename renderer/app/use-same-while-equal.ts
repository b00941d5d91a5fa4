import { useState } from 'react';

/** The first of values that say the same: the state of the app comes anew with every step of a run, mostly unchanged. */
export function useSameWhileEqual<Value>(value: Value): Value {
  const [kept, setKept] = useState(value);
  if (kept === value || JSON.stringify(kept) === JSON.stringify(value)) return kept;
  setKept(value);
  return value;
}
