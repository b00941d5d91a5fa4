type Listener = (...args: never[]) => unknown;

/** Node's event emitter, as far as the program uses it of Electron's objects. */
export interface Emitter {
  on(event: string, listener: Listener): void;
  once(event: string, listener: Listener): void;
  off(event: string, listener: Listener): void;
  emit(event: string, ...args: readonly unknown[]): void;
}

export function emitter(): Emitter {
  const listeners = new Map<string, Set<Listener>>();
  const of = (event: string): Set<Listener> => {
    const known = listeners.get(event) ?? new Set();
    listeners.set(event, known);
    return known;
  };
  return {
    on: (event, listener) => void of(event).add(listener),
    off: (event, listener) => void of(event).delete(listener),
    once: (event, listener) => {
      const only: Listener = (...args) => {
        of(event).delete(only);
        listener(...args);
      };
      of(event).add(only);
    },
    emit: (event, ...args) => {
      // Which arguments an event has is Electron's to say (electron.d.ts); the listeners were checked against that.
      for (const listener of Array.from(of(event))) listener(...(args as never[]));
    },
  };
}

/** An event whose default can be prevented. */
export function preventable(): { readonly preventDefault: () => void; readonly prevented: () => boolean } {
  let prevented = false;
  return {
    preventDefault: () => {
      prevented = true;
    },
    prevented: () => prevented,
  };
}
