import { useEffect } from 'react';

/** Calls `leave` when Escape is pressed and nothing else has taken it, such as a list that it closes. Null where there is nothing to leave. */
export function useEscape(leave: (() => void) | null): void {
  useEffect(() => {
    if (leave === null) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) leave();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [leave]);
}
