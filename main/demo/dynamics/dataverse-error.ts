/**
 * A refusal as Dataverse words it: an HTTP status and `{"error":{"code","message"}}`.
 * Codes: https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes
 */
export class DataverseError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'DataverseError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const doesNotExist = (table: string, id: string) =>
  new DataverseError(404, '0x80040217', `Entity '${table}' With Id = ${id} Does Not Exist`);

export const resourceNotFound = (segment: string) =>
  new DataverseError(404, '0x8006088a', `Resource not found for the segment '${segment}'.`);

export const invalidArgument = (message: string) => new DataverseError(400, '0x80040203', message);

/** A query or a body that the OData layer itself cannot read. */
export const badRequest = (message: string) => new DataverseError(400, '0x80060888', message);

export const invalidPayload = (message: string) =>
  new DataverseError(400, '0x80048d19', `Error identified in Payload provided by the user. InnerException : ${message}`);

export const noSuchColumn = (table: string, name: string) =>
  new DataverseError(400, '0x80041103', `'${table}' entity doesn't contain attribute with Name = '${name}' and NameMapping = 'Logical'.`);

export const duplicateRecord = () => new DataverseError(412, '0x80040237', 'A record with matching key values already exists.');

export const versionMismatch = () =>
  new DataverseError(412, '0x80060882', "The version of the existing record doesn't match the RowVersion property provided.");

export const concurrencyNotEnabled = (table: string) =>
  new DataverseError(400, '0x8006088d', `Optimistic concurrency isn't enabled for entity type ${table}.`);

export const notSupportedBySample = (what: string) =>
  new DataverseError(501, '0x80060888', `${what} is not supported by the sample service.`);
