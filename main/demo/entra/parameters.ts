import { missingParameter } from './entra-error.ts';

/** @throws EntraError when the parameter is not there. */
export function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value === null || value === '') throw missingParameter(name);
  return value;
}
