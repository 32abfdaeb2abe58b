import { readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { PdfPress } from '#src/documents/pdf/press.ts';
import { openLocalFloodGate } from '#src/limits/flood.ts';
import { requestIds } from '#src/operations/requests.ts';
import { type Access, admitted, elsewhere } from '#src/web/access.ts';
import { readCookie } from '#src/web/cookies.ts';
import type { Page } from '#src/web/define-page.ts';
import { limitArrival } from '#src/web/http/arrival-time.ts';
import { assetPaths, registerAssets } from '#src/web/http/assets.ts';
import { registerCompression } from '#src/web/http/compression.ts';
import { registerErrors, unreadablePath } from '#src/web/http/errors.ts';
import { registerGates } from '#src/web/http/gates.ts';
import { routeKinds } from '#src/web/http/route-kinds.ts';
import { registerSecurityHeaders } from '#src/web/http/security-headers.ts';
import { answerUnreadable } from '#src/web/http/unreadable.ts';
import { page as frame, type PageOptions } from '#src/web/layout.ts';
import { registerPage } from '#src/web/register-page.ts';
import type { WebContext } from '#src/web/site.ts';
import type { Visit } from '#src/web/visit.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Classes } from '#src/workshop/classes/classes.ts';
import { type AtWork, classesOf, type TrainerAccess } from '#src/workshop/classes/owned.ts';
import type { Quotas } from '#src/workshop/classes/quotas.ts';
import type { ScenarioLibrary } from '#src/workshop/classes/scenarios.ts';
import { type Entrance, trainerCookie } from '#src/workshop/door/entrance.ts';
import { joinPage } from '#src/workshop/learner/join.ts';
import { openJoinGate } from '#src/workshop/learner/join-gate.ts';
import { browserAddress, seatWith } from '#src/workshop/network/known-client.ts';
import { againSeconds, openingPage } from '#src/workshop/network/opening-page.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { templatePage } from '#src/workshop/templates/template-page.ts';
import type { TemplatesOfAll } from '#src/workshop/templates/templates.ts';
import { boardPages, liveViews } from '#src/workshop/trainer/board-page.ts';
import { classesPage } from '#src/workshop/trainer/classes-page.ts';
import { registerLive } from '#src/workshop/trainer/live.ts';

export interface WorkshopSiteOptions {
  readonly context: WebContext;
  readonly classes: Classes;
  readonly press: PdfPress;
  readonly library: ScenarioLibrary;
  readonly entrance: Entrance;
  readonly quotas: Quotas;
  readonly templates: TemplatesOfAll;
  readonly publicUrl: () => string;
  readonly isOurHost: (host: string) => boolean;
  readonly trustProxy: string | false;
  readonly server: Server;
}

/** A room may share one address until each has a seat: who floods it keeps the others out for a minute at most. */
const floodRule = { max: 600, perSeconds: 60, unnamedShare: 10 };

const routes = routeKinds({
  probes: [],
  files: assetPaths,
  reports: [],
  documents: [],
  withoutDatabase: [],
});

/** The pages of the workshop itself: joining a class, and the trainer’s. Those of a class are its own service’s. */
export async function buildWorkshopSite(options: WorkshopSiteOptions): Promise<FastifyInstance> {
  const {
    context,
    classes,
    press,
    library,
    entrance,
    quotas,
    templates,
    publicUrl,
    isOurHost,
    trustProxy,
    server,
  } = options;
  const flood = openLocalFloodGate(context.clock, floodRule);
  const unreadable = answerUnreadable(context, { flood, trustProxy });
  const app = Fastify({
    serverFactory: () => server,
    trustProxy,
    genReqId: requestIds(context.random),
    return503OnClosing: false,
    frameworkErrors: (_error, { raw }, reply) => {
      raw.url = unreadablePath;
      app.routing(raw, reply.raw);
    },
    clientErrorHandler: unreadable.clientError,
    bodyLimit: 64 * 1024,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  });
  unreadable.register(app);
  limitArrival(app, unreadable.clientError);
  registerErrors(app, context);
  await app.register(cookie);
  registerSecurityHeaders(app, context.secure, entrance.formOrigins);
  registerGates(app, context, {
    flood,
    knownAs: (request) => {
      const trainerSecret = readCookie(context, request, trainerCookie);
      if (trainerSecret !== null && entrance.trainerOf(trainerSecret, context.clock.now()))
        return browserAddress(trainerSecret);
      return seatWith(classes, readCookie(context, request, roleCookie) ?? '')?.address ?? null;
    },
    isOurHost,
    routes,
    ready: Promise.resolve(),
    sessionCookies: [],
    noteUnnamed: () => {},
    refuse: () => null,
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.routeOptions.url === workshopPaths.opening) reply.header('refresh', againSeconds);
  });
  const gate = openJoinGate();
  app.addHook('preHandler', async (request) => {
    const now = context.clock.now();
    const secret = readCookie(context, request, trainerCookie) ?? '';
    if (!entrance.trainerOf(secret, now)) return;
    gate.noteRoom(request.ip, now);
    // What a page asks for by itself, as a board does all day, is nobody at work.
    if (request.routeOptions.url !== workshopPaths.boardLive) entrance.noteUse(secret, now);
  });
  registerCompression(app);
  await app.register(formbody, { bodyLimit: 64 * 1024 });
  registerAssets(app);
  const everybody: Access<null, object> = {
    name: 'everybody',
    admits: 'everybody in the room',
    redirects: null,
    judge: () => admitted({}),
  };
  const atWork = (secret: string): AtWork | null => {
    const trainer = entrance.trainerOf(secret, context.clock.now());
    return trainer && { trainer, own: classesOf(classes, trainer.id), templates: templates(trainer.id) };
  };
  const trainer: TrainerAccess = {
    name: 'trainer',
    admits: 'a browser in which a trainer has entered, to their own classes',
    redirects: 'to where trainers enter',
    judge: ({ sender }) => {
      const who = atWork(sender.cookie(trainerCookie));
      return who ? admitted(who) : elsewhere(workshopPaths.trainer);
    },
  };
  const pages: readonly Page<null>[] = [
    joinPage(everybody, { classes, gate, random: context.random }),
    openingPage(everybody, classes),
    ...entrance.pages(everybody, trainer),
    classesPage(trainer, { library, policies: policyNames(), quotas }),
    templatePage(trainer),
    ...boardPages(trainer, { press, publicUrl }),
  ];
  const site = { people: null, tellsNews: true, home: workshopPaths.join, frame: ownFrame } as const;
  for (const one of pages) registerPage(app, context, site, one);
  registerLive(app, context, {
    own: (request) => atWork(readCookie(context, request, trainerCookie) ?? '')?.own ?? null,
    ...liveViews(),
  });
  // Every other address is one of a class, which needs a seat.
  const toJoin = async (_request: FastifyRequest, reply: FastifyReply) =>
    reply.redirect(workshopPaths.join, 303);
  app.get('/*', toJoin);
  // Before its form is read: nobody here knows how large it may be.
  app.post('/*', { onRequest: toJoin }, toJoin);
  return app;
}

/** No account and no page of the service is reached from here: those are of a class. */
function ownFrame(visit: Visit, content: PageOptions): string {
  return frame(visit, { ...content, bare: true });
}

function policyNames(): readonly string[] {
  return readdirSync(new URL('../../policies/', import.meta.url))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}
