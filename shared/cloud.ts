/** The clouds of Microsoft that Dynamics 365 runs in; each has a sign-in service and a list of environments of its own. */
export const clouds = ['commercial', 'gcc', 'gccHigh', 'dod', 'china'] as const;
export type Cloud = (typeof clouds)[number];

/** By the host of an environment (facts: new-datacenter-regions); commercial for everything that names no other one. */
export function cloudOf(environmentUrl: string): Cloud {
  const hostname = URL.parse(environmentUrl)?.hostname ?? '';
  if (hostname.endsWith('.crm9.dynamics.com')) return 'gcc';
  if (hostname.endsWith('.microsoftdynamics.us')) return 'gccHigh';
  if (hostname.endsWith('.appsplatform.us')) return 'dod';
  if (hostname.endsWith('.dynamics.cn')) return 'china';
  return 'commercial';
}
