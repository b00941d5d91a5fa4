import { ok } from './answer.ts';
import type { Endpoint } from './call.ts';
import { link } from './wire.ts';

/** The cheapest check of a key. https://developers.activecampaign.com/reference/get-user-loggedin */
export const userEndpoints: readonly Endpoint[] = [
  [
    'GET',
    '/users/me',
    ({ account }) =>
      ok({
        user: {
          username: 'integration',
          firstName: 'Sample',
          lastName: 'Integration',
          email: 'integration@example.com',
          phone: '',
          signature: null,
          lang: 'english',
          localZoneid: account.variant.dateZone,
          cdate: '2023-01-09T10:00:00-06:00',
          udate: '2023-01-09T10:00:00-06:00',
          links: {
            lists: link(account, 'users/1/lists'),
            userGroup: link(account, 'users/1/userGroup'),
            configs: link(account, 'users/1/configs'),
          },
          id: '1',
        },
      }),
  ],
];
