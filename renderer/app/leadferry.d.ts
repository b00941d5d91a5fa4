import type { LeadferryApi } from '../../shared/ipc.ts';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly leadferry: LeadferryApi;
  }
}
