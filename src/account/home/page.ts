import { access, type SitePage } from '#src/access/access.ts';
import { pendingAddress } from '#src/account/email/pending-address.ts';
import { findOverview } from '#src/account/home/overview.ts';
import { ownerName } from '#src/account/home/owner.ts';
import { accountHomeView } from '#src/account/home/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

/** «Mon compte»: the person’s details, masked, and where to change them. */
export function accountHomePage(services: Services): SitePage {
  return definePage({
    path: paths.account,
    about: {
      part: 'The account',
      shows: 'whose account it is, own details, masked, and the last sign-ins',
      form: null,
    },
    access: access.signedIn,
    show: async (request) => {
      const { account } = request;
      const { db, keyring } = services;
      const { personKey } = account;
      const overview = await findOverview(db, personKey);
      const pending = await pendingAddress(db, keyring, personKey, request.now);
      const name = await ownerName(services, account);
      return accountHomeView(services, request, account, {
        ...overview,
        name,
        newAddress: pending?.address ?? null,
      });
    },
  });
}
