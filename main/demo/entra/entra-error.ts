import type { HttpResponse } from '../../connections/http/transport.ts';

/**
 * A refusal of the sign-in service, with its `AADSTS` number.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export class EntraError extends Error {
  readonly status: number;
  /** OAuth error: `invalid_client`, `invalid_grant`, … */
  readonly error: string;
  readonly number: number;
  readonly suberror: string | undefined;
  constructor(status: number, error: string, number: number, message: string, suberror?: string) {
    super(message);
    this.name = 'EntraError';
    this.status = status;
    this.error = error;
    this.number = number;
    this.suberror = suberror;
  }
}

export const tenantNotFound = (tenant: string) =>
  new EntraError(
    400,
    'invalid_request',
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );

export const applicationNotFound = (clientId: string, tenant: string) =>
  new EntraError(
    400,
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  );

export const invalidSecret = (clientId: string) =>
  new EntraError(
    401,
    'invalid_client',
    7000215,
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  );

export const consentRequired = (clientId: string, name: string) =>
  new EntraError(
    400,
    'invalid_grant',
    65001,
    `The user or administrator has not consented to use the application with ID '${clientId}' named '${name}'. Send an interactive authorization request for this user and resource.`,
    'consent_required',
  );

export const invalidScope = (scope: string) =>
  new EntraError(
    400,
    'invalid_scope',
    70011,
    `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  );

export const resourceNotFound = (resource: string, tenant: string) =>
  new EntraError(
    400,
    'invalid_resource',
    500011,
    `The resource principal named ${resource} was not found in the tenant named ${tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  );

export const missingParameter = (name: string) =>
  new EntraError(400, 'invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`);

export const unsupportedGrant = (grant: string) =>
  new EntraError(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`);

export const invalidGrant = (number: number, message: string) => new EntraError(400, 'invalid_grant', number, message);

/** The error as the token endpoint words it. */
export function errorAnswer(error: EntraError, traceId: string, now: number): HttpResponse {
  const timestamp = new Date(now).toISOString().slice(0, 19).replace('T', ' ');
  return {
    status: error.status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-ms-request-id': traceId },
    body: JSON.stringify({
      error: error.error,
      error_description: `AADSTS${error.number}: ${error.message} Trace ID: ${traceId} Correlation ID: ${traceId} Timestamp: ${timestamp}Z`,
      error_codes: [error.number],
      timestamp: `${timestamp}Z`,
      trace_id: traceId,
      correlation_id: traceId,
      error_uri: `https://login.microsoftonline.com/error?code=${error.number}`,
      ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
    }),
  };
}
