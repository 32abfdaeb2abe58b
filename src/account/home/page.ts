import { accountGuard, signedInAs } from '#src/account/guard.ts';
import { findOverview } from '#src/account/home/overview.ts';
import { accountHomeView } from '#src/account/home/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import type { Page } from '#src/web/page.ts';

/** «Mon compte»: what is known, masked, and where it is changed. */
export function accountHomePage(services: Services): Page {
  return {
    path: paths.account,
    guard: accountGuard,
    show: async (request) => {
      const { account } = signedInAs(request);
      const overview = await findOverview(services.db, account.personKey, request.now);
      return accountHomeView(services, request, account, overview);
    },
  };
}
