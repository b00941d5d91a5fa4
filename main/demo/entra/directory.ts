/** The sample tenant: what a real one holds in Microsoft Entra ID. Nothing here is secret; it opens sample data alone. */

export interface DirectoryUser {
  readonly objectId: string;
  readonly name: string;
  /** User principal name. */
  readonly username: string;
}

export interface DirectoryApplication {
  readonly clientId: string;
  readonly name: string;
  /** The service principal that an application user in Dynamics is bound to. */
  readonly objectId: string;
  readonly secret: string;
  /** False where no administrator has agreed to what the application may do. */
  readonly consented: boolean;
}

export interface Directory {
  readonly tenantId: string;
  /** Can stand for the tenant id in an authority. */
  readonly domains: readonly string[];
  readonly applications: readonly DirectoryApplication[];
  /** Who signs in when the sign-in page's button is pressed. */
  readonly user: DirectoryUser;
  /** Somebody of the same organisation who is no user of its Dynamics environment. */
  readonly colleague: DirectoryUser;
}

export const sampleApplication: DirectoryApplication = {
  clientId: '6f1d2c9a-4b57-4e0e-9d3b-0c7a5e8f2b41',
  name: 'Leadferry',
  objectId: 'd2a7f9b0-53c1-4f6e-8a1d-94b3c0e7f512',
  secret: 'sample~secret.not-a-real-one',
  consented: true,
};

export const sampleDirectory: Directory = {
  tenantId: '3c9e1f84-7a2d-4b06-95c8-e1d0b7a64f23',
  domains: ['leadferry-sample.onmicrosoft.com', 'leadferry-sample.example'],
  applications: [sampleApplication],
  user: {
    objectId: '8b5e0d37-1c94-4fa2-b6e8-27d9c3f1a065',
    name: 'Kari Nordmann',
    username: 'kari.nordmann@leadferry-sample.example',
  },
  colleague: {
    objectId: '4d70a1c6-93be-4e15-8f02-b17c5ad89e34',
    name: 'Ola Hansen',
    username: 'ola.hansen@leadferry-sample.example',
  },
};
