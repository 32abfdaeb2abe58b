import { access, type SitePage } from '#src/access/access.ts';
import { findOverview } from '#src/account/details/overview.ts';
import { accountDetailsView } from '#src/account/details/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

/** «Mes informations»: the person’s details, masked, and where to change them. */
export function accountDetailsPage(services: Services): SitePage {
  return definePage({
    path: paths.accountInformation,
    about: {
      part: 'The account',
      shows: 'whose account it is, own details, masked, and the last sign-ins',
      form: null,
    },
    access: access.signedIn,
    show: async (request) => {
      const { account, now } = request;
      return accountDetailsView(services, request, account, await findOverview(services, account, now));
    },
  });
}
