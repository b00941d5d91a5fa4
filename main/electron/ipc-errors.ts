import type { IpcError } from '../../shared/ipc.ts';
import { ApplicationError } from '../application-port.ts';
import { ServiceError } from '../connections/errors.ts';

/** What the window shows about `error`; null for one that nothing expected, whose words are not for the window. */
export function expectedError(error: unknown): IpcError | null {
  if (error instanceof ApplicationError) {
    const { code, message, advice, problems } = error;
    return { code, message, advice, problems: [...problems] };
  }
  if (error instanceof ServiceError) {
    const { code, message, advice, serviceMessage } = error.details;
    return { code, message, advice, ...(serviceMessage === undefined ? {} : { serviceMessage }) };
  }
  return null;
}

export const unexpectedError: IpcError = {
  code: 'unexpected',
  message: 'Something went wrong that Leadferry did not expect.',
  advice: 'Try again. If it happens again, the Live Log has the details that support needs.',
};
