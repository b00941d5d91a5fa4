import { isDeepStrictEqual } from 'node:util';
import { defaultSettings, type Mapping, type Settings } from '../../shared/settings.ts';
import type { SecretName } from '../connections/secrets/secret-store.ts';
import type { SampleServices } from '../demo/sample-services.ts';
import type { Clock } from '../ports/clock.ts';
import { SettingsRefusedError, type SettingsService } from '../settings/settings-service.ts';

export interface SampleData {
  readonly secrets: Readonly<Partial<Record<SecretName, string>>>;
  readonly entraUrl: string;
  close(): Promise<void>;
}

/**
 * Starts the sample services over this data directory and points its settings at them.
 * @throws SettingsRefusedError where the settings cannot be used, or are connected to real accounts.
 */
export async function openSampleData(directory: string, settings: SettingsService, clock: Clock): Promise<SampleData> {
  refuseRealAccounts(settings);
  // Loaded only here: what ships never reaches the sample services by another way.
  const { startSampleServices } = await import('../demo/sample-services.ts');
  const { activeCampaign, dynamics } = settings.current();
  const services = await startSampleServices({
    directory,
    clock,
    ports: { activeCampaign: portOf(activeCampaign.apiUrl), dynamics: portOf(dynamics.environmentUrl) },
  });
  try {
    settings.update((before) => connected(before, services));
  } catch (error) {
    await services.close();
    throw error;
  }
  return {
    secrets: { 'activecampaign-key': services.activeCampaign.key, 'dynamics-client-secret': services.dynamics.clientSecret },
    entraUrl: services.entraUrl,
    close: () => services.close(),
  };
}

function connected(settings: Settings, services: SampleServices): Settings {
  const { environmentUrl, tenantId, clientId } = services.dynamics;
  const first = settings.activeCampaign.apiUrl === '' && isDeepStrictEqual(settings.dataConfiguration, defaultSettings.dataConfiguration);
  return {
    ...settings,
    activeCampaign: { apiUrl: services.activeCampaign.apiUrl },
    dynamics: { environmentUrl, tenantId, clientId, signIn: 'application', clientSecretEndsOn: null },
    dataConfiguration: first ? sampleDataConfiguration(services) : settings.dataConfiguration,
  };
}

/** The fields that the sample services have on both sides, of every kind, so that there is something to see. */
function sampleDataConfiguration({ office }: SampleServices): Settings['dataConfiguration'] {
  const map = (dynamics: string, title: string): Mapping => ({
    dynamics,
    activeCampaign: `field:${office.fieldId(title)}`,
    direction: 'both',
  });
  const shared = [
    map('jobtitle', 'Job title'),
    map('address1_country', 'Country'),
    map('new_interests', 'Interests'),
    map('description', 'Notes'),
  ];
  const { lead, contact } = defaultSettings.dataConfiguration;
  return {
    lead: {
      ...lead,
      mappings: [
        ...lead.mappings,
        ...shared,
        map('companyname', 'Company'),
        map('leadsourcecode', 'Lead source'),
        map('numberofemployees', 'Employees'),
      ],
    },
    contact: { ...contact, mappings: [...contact.mappings, ...shared, map('birthdate', 'Birthday')] },
  };
}

function refuseRealAccounts(settings: SettingsService): void {
  const problems = settings.problem();
  if (problems !== null) throw new SettingsRefusedError('file', problems);
  const { activeCampaign, dynamics } = settings.current();
  const addresses = [
    ['activeCampaign.apiUrl', activeCampaign.apiUrl],
    ['dynamics.environmentUrl', dynamics.environmentUrl],
  ] as const;
  for (const [path, address] of addresses) {
    if (address === '' || portOf(address) !== null) continue;
    throw new SettingsRefusedError('change', [
      { path, message: `"${path}" is "${address}", a real account; sample data needs a data directory of its own.` },
    ]);
  }
}

/** The port of an address on loopback, as an earlier start with sample data has left it. */
function portOf(address: string): number | null {
  const match = /^http:\/\/127\.0\.0\.1:(\d+)\/?$/.exec(address);
  return match === null ? null : Number(match[1]);
}
