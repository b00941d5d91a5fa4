/** What the machine says about sleep and the network. Without a desktop there is nothing to hear. */
export interface PowerEvents {
  /** Calls `listener` after the machine woke up or was unlocked. Answers a function that ends it. */
  onResume(listener: () => void): () => void;
}

export const noPowerEvents: PowerEvents = { onResume: () => () => undefined };
