/** What the machine says about sleep and the network. Without a desktop there is nothing to hear. */
export interface PowerEvents {
  /** Calls `listener` after the machine woke up or was unlocked. Answers a function that ends it. */
  onResume(listener: () => void): () => void;
  /** False where the machine has no network at all, as often right after it woke up. True says nothing about whether a service can be reached. */
  hasNetwork(): boolean;
}

export const noPowerEvents: PowerEvents = { onResume: () => () => undefined, hasNetwork: () => true };
