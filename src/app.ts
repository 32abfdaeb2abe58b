import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { SitePage } from '#src/access/access.ts';
import { insuredPeople } from '#src/access/insured-people.ts';
import { confirmedPage, linkPage, linkResendPage } from '#src/account/email/link-page.ts';
import { accountPages } from '#src/account/pages.ts';
import { apiPage } from '#src/api/documentation/page.ts';
import { registerApi, sendTooMany } from '#src/api/register.ts';
import { apiRoot } from '#src/api/standing.ts';
import { checkCodePage, checkPage } from '#src/attestation-check/pages.ts';
import type { SecurityReports } from '#src/config/config.ts';
import { smsReportPath } from '#src/delivery/sms/report-route.ts';
import { cardPage } from '#src/enrolment/card/page.ts';
import { correctAddressPage } from '#src/enrolment/confirmation/address-page.ts';
import { resendPage, waitingPage } from '#src/enrolment/confirmation/waiting-page.ts';
import { contactPage } from '#src/enrolment/contact/page.ts';
import { alreadyOpenPage } from '#src/enrolment/existing-account.ts';
import { identityPage } from '#src/enrolment/identity/page.ts';
import { notEligiblePage } from '#src/enrolment/not-eligible/page.ts';
import { otherWaysPage } from '#src/enrolment/other-ways/page.ts';
import { passwordPage } from '#src/enrolment/password/page.ts';
import { termsPage, termsTextPage } from '#src/enrolment/terms/page.ts';
import { browserCookie, leaveJourney } from '#src/franceconnect/browser.ts';
import { franceConnectPages } from '#src/franceconnect-pages/pages.ts';
import { caissePage, confirmCaissePage } from '#src/home/caisse-pages.ts';
import { homePage } from '#src/home/page.ts';
import { informationPages } from '#src/information/pages.ts';
import { registerWellKnown, wellKnownPaths } from '#src/information/well-known.ts';
import { appPage, notKeptPage, offlinePage } from '#src/installable/pages.ts';
import { installablePaths, registerInstallable } from '#src/installable/register.ts';
import type { FloodGate } from '#src/limits/flood.ts';
import { watchUnnamed } from '#src/limits/unnamed.ts';
import type { Log } from '#src/log/log.ts';
import { healthPaths, requestIds } from '#src/operations/requests.ts';
import { paths } from '#src/paths.ts';
import { codePage } from '#src/provisional-code/page.ts';
import { trackerPage } from '#src/provisional-code/tracker-page.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';
import { signInPages } from '#src/sign-in/pages.ts';
import type { Traces } from '#src/traces/traces.ts';
import { registerOneClick } from '#src/unsubscribe/one-click.ts';
import { unsubscribeNowPage, unsubscribePage } from '#src/unsubscribe/pages.ts';
import { limitArrival, withFilesMs } from '#src/web/http/arrival-time.ts';
import { assetPaths, registerAssets } from '#src/web/http/assets.ts';
import { registerClosing } from '#src/web/http/closing.ts';
import { registerCompression } from '#src/web/http/compression.ts';
import { Overloaded, registerErrors, unreadablePath } from '#src/web/http/errors.ts';
import { registerGates } from '#src/web/http/gates.ts';
import { watchLateness } from '#src/web/http/lateness.ts';
import { routeKinds } from '#src/web/http/route-kinds.ts';
import { registerSecurityHeaders } from '#src/web/http/security-headers.ts';
import { answerUnreadable } from '#src/web/http/unreadable.ts';
import { page } from '#src/web/layout.ts';
import { registerPage } from '#src/web/register-page.ts';
import type { Site } from '#src/web/site.ts';

export interface AppOptions {
  readonly log: Log;
  readonly flood: FloodGate;
  /** The hosts that requests may name: the public one, and in the demo those of this machine. */
  readonly isOurHost: (host: string) => boolean;
  readonly trustProxy: string | false;
  /** What security.txt says; null: there is none. */
  readonly securityReports: SecurityReports | null;
  /** Where requests are reported; null: nowhere. */
  readonly traces: Traces | null;
  /** Requests are refused while the event loop is later than this. */
  readonly lateMs: number;
  /** Resolved once the database can be used; pages that do not need it are answered before. */
  readonly ready: Promise<void>;
}

/** Every page of the site, in the order of an enrolment. */
export function sitePages(services: Services): readonly SitePage[] {
  return [
    homePage(services),
    caissePage(services),
    confirmCaissePage(services),
    identityPage(services),
    cardPage(services),
    otherWaysPage(services),
    notEligiblePage(services),
    codePage(services),
    trackerPage(services),
    termsPage(services),
    termsTextPage(services),
    passwordPage(services),
    contactPage(services),
    alreadyOpenPage,
    waitingPage(services),
    resendPage(services),
    correctAddressPage(services),
    confirmedPage,
    linkPage(services),
    linkResendPage(services),
    ...signInPages(services),
    ...accountPages(services),
    ...franceConnectPages(services),
    checkPage(services),
    checkCodePage(services),
    unsubscribePage(services),
    unsubscribeNowPage(services),
    appPage,
    offlinePage,
    notKeptPage,
    ...(services.offersApi ? [apiPage(services)] : []),
    ...informationPages(services),
  ];
}

const routes = routeKinds({
  probes: healthPaths,
  files: [...assetPaths, ...installablePaths, ...wellKnownPaths],
  reports: [smsReportPath],
  documents: [
    paths.accountAttestation,
    paths.accountCopy,
    paths.accountStatement,
    paths.accountTaxStatement,
    paths.accountPaymentsCsv,
    `${apiRoot}${paths.accountStatement}`,
    `${apiRoot}${paths.accountTaxStatement}`,
  ],
  withoutDatabase: [
    paths.home,
    paths.help,
    paths.siteMap,
    paths.legal,
    paths.accessibility,
    paths.securityAdvice,
    paths.personalData,
  ],
});

/** No route has a schema of Fastify’s: without this, it loads 130 modules that would compile them. */
function noSchemas(): never {
  throw new Error('Routes have no schemas: what is read is parsed by their pages');
}

/**
 * The web application, ready to listen or for `inject`. What each request passes through is registered here in order.
 */
export async function buildApp(services: Services, options: AppOptions): Promise<FastifyInstance> {
  // Fastify’s own messages about requests belong to no event of ours.
  const log: FastifyBaseLogger = options.log.child({ event: 'webServer' });
  // The browser’s FranceConnect secret is removed with the session, unless the answer has just renewed it.
  const people = insuredPeople(services, async (sender, changes) =>
    changes.some(({ name }) => name === browserCookie)
      ? []
      : leaveJourney(services.db, sender.cookie(browserCookie)),
  );
  const isOfApi = (url: string) => services.offersApi && url.startsWith(`${apiRoot}/`);
  const unreadable = answerUnreadable(services, options);
  const app = Fastify({
    // Log lines name their request themselves: a child logger per request takes more CPU than all of its lines. Given as
    // `loggerInstance`, Fastify would load pino beside it.
    childLoggerFactory: () => log,
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy,
    genReqId: requestIds(services.random),
    // Fastify's own answer while it closes is neither a page nor counted.
    return503OnClosing: false,
    // An address that cannot be read passes the same gates as any other, on its way to a page that says so.
    frameworkErrors: (_error, { raw }, reply) => {
      raw.url = isOfApi(raw.url ?? '') ? apiRoot + unreadablePath : unreadablePath;
      app.routing(raw, reply.raw);
    },
    clientErrorHandler: unreadable.clientError,
    bodyLimit: 64 * 1024,
    requestTimeout: withFilesMs,
    keepAliveTimeout: 61_000,
    http: {
      headersTimeout: 10_000,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: 1_000,
      // A request without a host is refused by the gates, like one for a foreign host.
      requireHostHeader: false,
    },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  options.traces?.watchRequests(app);
  unreadable.register(app);
  limitArrival(app, unreadable.clientError);
  registerErrors(app, services);
  await app.register(cookie);
  registerSecurityHeaders(app, services.secure, () => services.franceConnect?.origins() ?? []);
  registerGates(app, services, {
    ...options,
    routes,
    sessionCookies: [people.cookie],
    noteUnnamed: watchUnnamed(services, options.trustProxy),
    refuse: (request, reply, until, now) =>
      isOfApi(request.url) ? sendTooMany(request, reply, until, now) : null,
  });
  registerClosing(app, routes);
  registerCompression(app);
  await app.register(formbody, { bodyLimit: 64 * 1024 });
  const lateness = watchLateness();
  app.addHook('onRequest', (request, _reply, done) => {
    const isLate = lateness.ms() > options.lateMs && !routes.isFile(request);
    done(isLate ? new Overloaded('The event loop is late') : undefined);
  });
  registerAssets(app);
  registerInstallable(app, services);
  registerWellKnown(app, services, options.securityReports);
  const site: Site<Session> = { people, home: paths.home, frame: page };
  const pages = sitePages(services);
  for (const one of pages) if (!one.takesFiles) registerPage(app, services, site, one);
  await app.register(async (withFiles) => {
    await withFiles.register(multipart, { throwFileSizeLimit: false });
    for (const one of pages) if (one.takesFiles) registerPage(withFiles, services, site, one);
  });
  if (services.offersApi) await registerApi(app, services);
  await registerOneClick(app, services);
  return app;
}
