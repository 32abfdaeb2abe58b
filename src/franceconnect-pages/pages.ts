import type { SitePage } from '#src/access/access.ts';
import { franceConnectLinkPage } from '#src/franceconnect-pages/link-page.ts';
import { franceConnectOutcomePage } from '#src/franceconnect-pages/outcome-page.ts';
import { franceConnectReturnPage } from '#src/franceconnect-pages/return-page.ts';
import { franceConnectSignedOutPage } from '#src/franceconnect-pages/signed-out-page.ts';
import { franceConnectPage } from '#src/franceconnect-pages/start-page.ts';
import type { Services } from '#src/services.ts';

/** To FranceConnect and back. Without FranceConnect they lead to our own means. */
export function franceConnectPages(services: Services): readonly SitePage[] {
  return [
    franceConnectPage(services),
    franceConnectReturnPage(services),
    franceConnectOutcomePage(services),
    franceConnectLinkPage(services),
    franceConnectSignedOutPage(services),
  ];
}
