import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ClockRefusal, clockPage } from '#src/demo/clock/page.ts';
import { type Demo, demoPaths } from '#src/demo/demo.ts';
import { franceConnectOf } from '#src/demo/franceconnect/people/identities.ts';
import { demoIndexPage } from '#src/demo/index-page.ts';
import { peoplePage } from '#src/demo/people/page.ts';
import { lettersPage } from '#src/demo/trays/letters-pages.ts';
import { mailMarkupPolicy, mailPage, mailsPage } from '#src/demo/trays/mails-pages.ts';
import { smsPage } from '#src/demo/trays/sms-pages.ts';
import { personForJson } from '#src/fictitious/demo-register.ts';
import type { Visit } from '#src/web/visit.ts';

const text = z.string().max(200).catch('');
const peopleQuery = z.object({ q: text, page: z.coerce.number().int().catch(1) });
const mailsQuery = z.object({ a: text });
const mailParameters = z.object({ id: text });
const clockBody = z.object({ avancerDe: text }).catch({ avancerDe: '' });

/** Adds the demo's pages, and their JSON for programs, to the application. Nothing else ever imports them. */
export function registerDemo(app: FastifyInstance, demo: Demo): void {
  const show = (path: string, render: (visit: Visit, request: FastifyRequest) => string | Promise<string>) =>
    app.get(path, async (request, reply) =>
      sendPage(reply, await render(demo.visitOf(request, reply), request)),
    );
  show(demoPaths.index, (visit) => demoIndexPage(visit, demo.simulatorUrl));
  registerPeople(app, demo, show);
  registerMails(app, demo, show);
  registerClock(app, demo, show);
  show(demoPaths.sms, (visit, request) => smsPage(visit, smsSentTo(demo, request)));
  app.get(`${demoPaths.sms}.json`, (request) => smsSentTo(demo, request));
  registerLetters(app, demo, show);
}

type Show = (
  path: string,
  render: (visit: Visit, request: FastifyRequest) => string | Promise<string>,
) => void;

function registerPeople(app: FastifyInstance, { people, simulatorUrl }: Demo, show: Show): void {
  const simulated = simulatorUrl !== null;
  const everybody = JSON.stringify(
    people.map((person) => personForJson(person, simulated ? franceConnectOf(person) : null)),
  );
  app.get(`${demoPaths.people}.json`, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(everybody),
  );
  show(demoPaths.people, (visit, request) => {
    const { q, page: asked } = peopleQuery.parse(request.query);
    return peoplePage(visit, people, { query: q.trim(), page: asked, simulated });
  });
}

function smsSentTo({ sms }: Demo, request: FastifyRequest) {
  const { a } = mailsQuery.parse(request.query);
  return a === '' ? sms.list() : sms.list().filter((one) => one.a === a);
}

function registerLetters(app: FastifyInstance, { letters }: Demo, show: Show): void {
  app.get(`${demoPaths.letters}.json`, () => letters.list());
  show(demoPaths.letters, (visit) => lettersPage(visit, letters.list()));
  app.get(`${demoPaths.letters}/:id`, async (request, reply) => {
    const { id } = mailParameters.parse(request.params);
    const pdf = id.endsWith('.pdf') ? await letters.pdf(id.slice(0, -4)) : null;
    return pdf ? reply.type('application/pdf').send(pdf) : reply.callNotFound();
  });
}

function registerMails(app: FastifyInstance, { mails, visitOf }: Demo, show: Show): void {
  const sentTo = async (request: FastifyRequest) => {
    const { a } = mailsQuery.parse(request.query);
    const all = await mails.list();
    return a === '' ? all : all.filter((mail) => mail.a === a);
  };
  app.get(`${demoPaths.mails}.json`, sentTo);
  show(demoPaths.mails, async (visit, request) => mailsPage(visit, await sentTo(request)));
  app.get(`${demoPaths.mails}/:id`, async (request, reply) => {
    const mail = await mails.find(mailParameters.parse(request.params).id);
    return mail ? sendPage(reply, mailPage(visitOf(request, reply), mail)) : reply.callNotFound();
  });
  app.get(`${demoPaths.mails}/:id/html`, async (request, reply) => {
    const mail = await mails.find(mailParameters.parse(request.params).id);
    if (!mail) return reply.callNotFound();
    return sendPage(reply.header('content-security-policy', mailMarkupPolicy), mail.html);
  });
}

/** No proof of origin is asked here, so that programs can move the clock; other sites still cannot. */
function registerClock(app: FastifyInstance, { clock, visitOf, onClockMoved }: Demo, show: Show): void {
  show(demoPaths.clock, (visit) => clockPage(visit, clock.now()));
  app.post(demoPaths.clock, async (request, reply) => {
    const forProgram = request.headers.accept?.includes('application/json') ?? false;
    const refuse = (status: number, typed: string, reason: ClockRefusal) =>
      forProgram
        ? reply.code(status).send({ erreur: reason })
        : sendPage(reply.code(status), clockPage(visitOf(request, reply), clock.now(), { typed, reason }));
    const { avancerDe } = clockBody.parse(request.body ?? {});
    if (request.headers['sec-fetch-site'] === 'cross-site') return refuse(403, '', 'not-a-duration');
    const move = clock.move(avancerDe);
    if (!move.ok) return refuse(400, avancerDe, move.reason);
    await onClockMoved();
    return forProgram ? { maintenant: move.now.toISOString() } : reply.redirect(demoPaths.clock, 303);
  });
}

function sendPage(reply: FastifyReply, document: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(document);
}
