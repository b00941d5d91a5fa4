/**
 * Whether ActiveCampaign's bulk import takes this address. One malformed address rejects a whole import, so it is judged here first.
 * Rule: ActiveCampaign's "Bulk import contacts" page: a local part of at least one character, none of `" ( ) , : ; < > @ [ ]` or white
 * space, a top-level domain of at least two letters.
 */
export function isImportableEmail(email: string): boolean {
  return /^[^\s"(),:;<>@[\]]+@[^\s"(),:;<>@[\]]+\.[\p{L}]{2,}$/u.test(email) && !email.includes('..');
}
