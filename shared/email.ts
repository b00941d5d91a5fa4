/** The form in which e-mail addresses are compared: trimmed, lower case; null where there is none. */
export function emailKey(email: string | null | undefined): string | null {
  const text = (email ?? '').normalize('NFC').trim().toLowerCase();
  return text === '' ? null : text;
}
