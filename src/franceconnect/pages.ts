import { franceConnectLinkPage } from '#src/franceconnect/link-page.ts';
import { franceConnectOutcomePage } from '#src/franceconnect/outcome-page.ts';
import { franceConnectReturnPage } from '#src/franceconnect/return-page.ts';
import { franceConnectSignedOutPage } from '#src/franceconnect/signed-out-page.ts';
import { franceConnectPage } from '#src/franceconnect/start-page.ts';
import type { Services } from '#src/services.ts';
import type { Page } from '#src/web/page.ts';

/** To FranceConnect and back. Without FranceConnect they lead to our own means. */
export function franceConnectPages(services: Services): readonly Page[] {
  return [
    franceConnectPage(services),
    franceConnectReturnPage(services),
    franceConnectOutcomePage(services),
    franceConnectLinkPage(services),
    franceConnectSignedOutPage(services),
  ];
}
