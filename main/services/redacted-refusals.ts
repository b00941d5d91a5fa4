import type { HttpTransport } from '../connections/http/transport.ts';
import type { Redactor } from '../log/redactor.ts';

const firstRefusal = 400;

/**
 * A service, or a proxy before it, may say again in its refusal what it was told, a key among it. The words of a refusal are shown, logged
 * and kept, so the secrets are taken out before anything reads them. Other answers are customers' data and stay as they are.
 */
export function withRedactedRefusals(transport: HttpTransport, redactor: Pick<Redactor, 'text'>): HttpTransport {
  return async (request, limits) => {
    const response = await transport(request, limits);
    return response.status < firstRefusal ? response : { ...response, body: redactor.text(response.body) };
  };
}
