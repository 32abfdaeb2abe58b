import { access, type SitePage } from '#src/access/access.ts';
import { findOverview } from '#src/account/home/overview.ts';
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
      const { account, now } = request;
      return accountHomeView(services, request, account, await findOverview(services, account, now));
    },
  });
}
