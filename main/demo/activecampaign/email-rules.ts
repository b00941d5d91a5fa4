/**
 * What the bulk import documentation asks of an address: a local part of at least one character, none of `" ( ) , : ; < > @ [ ]`
 * or a space in it, and a top-level domain of at least two letters.
 * https://developers.activecampaign.com/reference/bulk-import-contacts
 */
export function isAcceptedEmail(email: string): boolean {
  return /^[^"(),:;<>@[\]\s]+@[^"(),:;<>@[\]\s]+\.\p{L}{2,}$/u.test(email.trim());
}
