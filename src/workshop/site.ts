import { readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { openLocalFloodGate } from '#src/limits/flood.ts';
import { requestIds } from '#src/operations/requests.ts';
import { type Access, admitted, elsewhere } from '#src/web/access.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { readCookie } from '#src/web/cookies.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { formPage, problemOf, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { limitArrival } from '#src/web/http/arrival-time.ts';
import { assetPaths, registerAssets } from '#src/web/http/assets.ts';
import { registerCompression } from '#src/web/http/compression.ts';
import { registerErrors, unreadablePath } from '#src/web/http/errors.ts';
import { registerGates } from '#src/web/http/gates.ts';
import { routeKinds } from '#src/web/http/route-kinds.ts';
import { registerSecurityHeaders } from '#src/web/http/security-headers.ts';
import { answerUnreadable } from '#src/web/http/unreadable.ts';
import { page as frame, type PageOptions } from '#src/web/layout.ts';
import { type PageAnswer, type PageRequest, redirect, redirectDone, type Shown } from '#src/web/page.ts';
import { registerPage } from '#src/web/register-page.ts';
import type { WebContext } from '#src/web/site.ts';
import type { Visit } from '#src/web/visit.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Classes } from '#src/workshop/classes/classes.ts';
import type { ScenarioLibrary } from '#src/workshop/classes/scenarios.ts';
import type { TrainerDoor } from '#src/workshop/door/pin.ts';
import { joinPage } from '#src/workshop/learner/join.ts';
import { openJoinGate } from '#src/workshop/learner/join-gate.ts';
import { browserAddress, seatWith } from '#src/workshop/network/known-client.ts';
import { againSeconds, openingPage } from '#src/workshop/network/opening-page.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { boardPages, liveViews } from '#src/workshop/trainer/board-page.ts';
import { classesPage } from '#src/workshop/trainer/classes-page.ts';
import { registerLive } from '#src/workshop/trainer/live.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

export interface WorkshopSiteOptions {
  readonly context: WebContext;
  readonly classes: Classes;
  readonly library: ScenarioLibrary;
  readonly door: TrainerDoor;
  readonly publicUrl: () => string;
  readonly isOurHost: (host: string) => boolean;
  readonly trustProxy: string | false;
  readonly server: Server;
}

const trainerCookie = 'formateur';

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
  const { context, classes, library, door, publicUrl, isOurHost, trustProxy, server } = options;
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
  registerSecurityHeaders(app, false);
  registerGates(app, context, {
    flood,
    knownAs: (request) => {
      const trainerSecret = readCookie(context, request, trainerCookie);
      if (trainerSecret !== null && door.isTrainer(trainerSecret)) return browserAddress(trainerSecret);
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
  registerCompression(app);
  await app.register(formbody, { bodyLimit: 64 * 1024 });
  registerAssets(app);
  const everybody: Access<null, object> = {
    name: 'everybody',
    admits: 'everybody in the room',
    redirects: null,
    judge: () => admitted({}),
  };
  const trainer: Access<null, object> = {
    name: 'trainer',
    admits: 'a browser in which the trainer’s code was typed',
    redirects: 'to where it is typed',
    judge: ({ sender }) =>
      door.isTrainer(sender.cookie(trainerCookie)) ? admitted({}) : elsewhere(workshopPaths.trainer),
  };
  const board = { classes, publicUrl };
  const pages: readonly Page<null>[] = [
    joinPage(everybody, { classes, gate: openJoinGate(), random: context.random }),
    openingPage(everybody, classes),
    doorPage(everybody, door),
    classesPage(trainer, { classes, library, policies: policyNames() }),
    ...boardPages(trainer, board),
  ];
  const site = { people: null, tellsNews: true, home: workshopPaths.join, frame: ownFrame } as const;
  for (const one of pages) registerPage(app, context, site, one);
  registerLive(app, context, {
    classes,
    isTrainer: (request) => door.isTrainer(readCookie(context, request, trainerCookie) ?? ''),
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

function doorPage(everybody: Access<null, object>, door: TrainerDoor): Page<null> {
  return definePage({
    path: workshopPaths.trainer,
    about: { part: 'Workshop', shows: 'where the trainer’s code is typed', form: 'lets a trainer in' },
    access: everybody,
    show: (request, shown) =>
      door.isTrainer(request.sender.cookie(trainerCookie))
        ? redirect(workshopPaths.classes)
        : doorView(request, shown),
    submit: (request) => {
      const { typed, visit, now, sender } = request;
      const t = trainerTexts[visit.voice].door;
      if (typed.text('action') === 'sortir') {
        door.leave(sender.cookie(trainerCookie));
        return redirectDone('trainer-left', workshopPaths.trainer, { name: trainerCookie, value: null });
      }
      const entry = door.enter(typed.secret('pin'), sender.ip, now);
      if (entry.kind === 'entered')
        return redirect(workshopPaths.classes, { name: trainerCookie, value: entry.secret });
      return doorView(request, refused(typed.without('pin'), { field: 'pin', text: t[entry.kind] }));
    },
  });
}

function doorView(request: PageRequest, shown: Shown): PageAnswer {
  const { visit } = request;
  const t = trainerTexts[visit.voice].door;
  return formPage(request, shown, {
    title: t.title,
    back: workshopPaths.join,
    body: html`<p class="govuk-body">${t.lead}</p>
${form(visit, {
  autocomplete: 'off',
  body: html`${input(visit, { name: 'pin', label: t.pin, hint: t.pinHint, error: problemOf(shown.problems, 'pin'), width: 10, spaced: true, inputmode: 'numeric' })}
${button({ text: t.submit })}`,
})}`,
  });
}
