/** The secrets of the program, by the name that they have in the keychain. */
export const secretNames = ['activecampaign-key', 'dynamics-client-secret', 'vault-key'] as const;
export type SecretName = (typeof secretNames)[number];

/** Why the keychain cannot be used, and what to do about it. */
export interface KeychainProblem {
  readonly kind: 'unavailable';
  /** One sentence for an admin. */
  readonly reason: string;
  readonly advice: string;
}

export type SecretReading =
  | { readonly kind: 'present'; readonly value: string }
  | { readonly kind: 'absent' }
  /** One was stored here, and the keychain does not hand it out: it is locked, or the secret was removed outside of this program. */
  | { readonly kind: 'locked' }
  | KeychainProblem;

export type SecretWriting = { readonly kind: 'done' } | { readonly kind: 'locked' } | KeychainProblem;

/** Where secrets are kept. Answers every state of the keychain as a value; throws only for a wrong use. */
export interface SecretStore {
  get(name: SecretName): Promise<SecretReading>;
  /** @throws RangeError for an empty value. */
  set(name: SecretName, value: string): Promise<SecretWriting>;
  /** Deleting what is not there is done. */
  delete(name: SecretName): Promise<SecretWriting>;
}

/** Remembers *that* a secret was stored, never which: a locked keychain answers like an empty one. */
export interface SecretMarkers {
  has(name: SecretName): boolean;
  add(name: SecretName): void;
  remove(name: SecretName): void;
}

export function requireValue(name: SecretName, value: string): void {
  if (value === '') throw new RangeError(`The secret "${name}" is empty`);
}
