import { access, type SitePage } from '#src/access/access.ts';
import { findGlance } from '#src/account/home/glance.ts';
import { accountHomeView } from '#src/account/home/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

/** «Mon compte»: what is new, what waits, the last payment, and a tile for each area. */
export function accountHomePage(services: Services): SitePage {
  return definePage({
    path: paths.account,
    about: {
      part: 'The account',
      shows: 'whose account it is, what is new, what waits for the person, the last payment, and the ways on',
      form: null,
    },
    access: access.signedIn,
    keptOffline: true,
    show: async (request) => {
      const { account, now } = request;
      return accountHomeView(request.visit, await findGlance(services, account, now), account.leaving);
    },
  });
}
