/** What the Connection screen calls the keys of `config.json` that are typed there. */
export const connectionLabels = {
  'activeCampaign.apiUrl': 'API URL',
  'dynamics.environmentUrl': 'Environment URL',
  'dynamics.tenantId': 'Tenant',
  'dynamics.clientId': 'Client id',
  'dynamics.clientSecretEndsOn': 'The secret ends on',
} as const;
