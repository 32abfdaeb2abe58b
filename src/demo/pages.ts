import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type ClockRefusal, clockPage } from '#src/demo/clock/page.ts';
import { durationOf } from '#src/demo/clock/units.ts';
import { componentsPage, stateRules } from '#src/demo/components/view.ts';
import { copyScript } from '#src/demo/copy-script.ts';
import { type Demo, demoPaths } from '#src/demo/demo.ts';
import { franceConnectOf } from '#src/demo/franceconnect/people/identities.ts';
import { demoIndexPage } from '#src/demo/index-page.ts';
import { peoplePage } from '#src/demo/people/page.ts';
import { lettersPage } from '#src/demo/trays/letters-pages.ts';
import { mailMarkupPolicy, mailPage, mailsPage } from '#src/demo/trays/mails-pages.ts';
import { smsPage } from '#src/demo/trays/sms-pages.ts';
import { type DemoPerson, personForJson } from '#src/fictitious/demo-register.ts';
import { isLoopback } from '#src/limits/client-address.ts';
import { paths } from '#src/paths.ts';
import type { Session } from '#src/sessions/session.ts';
import { type Access, admitted } from '#src/web/access.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { stylesheet } from '#src/web/http/assets.ts';
import { notFoundPage } from '#src/web/http/error-pages.ts';
import { page as frame, type PageOptions } from '#src/web/layout.ts';
import { type Answer, redirect } from '#src/web/page.ts';
import { registerPage } from '#src/web/register-page.ts';
import { sendAnswer } from '#src/web/send-answer.ts';
import type { Site } from '#src/web/site.ts';
import type { Visit } from '#src/web/visit.ts';
import { roleCookie, visitOf } from '#src/web/visit-of.ts';

const text = z.string().max(200).catch('');
const sentTo = z.object({ a: text });
const parameters = z.object({ id: text });
const clockBody = z
  .object({ avancerDe: text, nombre: text, unite: text })
  .catch({ avancerDe: '', nombre: '', unite: '' });

const everybody: Access<Session, object> = {
  name: 'everybody',
  admits: 'everybody who uses the demo',
  redirects: null,
  judge: () => admitted({}),
};

const oneMail: Access<Session, { readonly id: string }> = {
  ...everybody,
  judge: ({ parameter }) => admitted({ id: parameter('id') }),
};

function framed(visit: Visit, content: PageOptions): string {
  return frame(visit, { ...content, script: copyScript });
}

/** Adds the pages of the demo, and their JSON for programs, to the application. */
export function registerDemo(app: FastifyInstance, demo: Demo): void {
  const site: Site<Session> = { people: demo.visitors, home: demoPaths.index, frame: framed };
  for (const page of demoPages(demo)) registerPage(app, demo.context, site, page);
  app.get(copyScript.url, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(copyScript.text),
  );
  registerLists(app, demo);
  registerFiles(app, demo);
  registerClock(app, demo);
}

function demoPages({
  people,
  mails,
  sms,
  letters,
  unread,
  clock,
  simulatorUrl,
}: Demo): readonly Page<Session>[] {
  const about = (shows: string) => ({ part: 'Demo', shows, form: null });
  const address = (query: URLSearchParams) => text.parse(query.get('a') ?? '');
  return [
    definePage({
      path: demoPaths.index,
      about: about('what to try, in which order'),
      access: everybody,
      show: ({ visit, sender }) =>
        demoIndexPage(visit, { first: people[0] ?? null, simulatorUrl, isHere: isLoopback(sender.ip) }),
    }),
    definePage({
      path: demoPaths.people,
      about: about('the people of the register, with what each would type'),
      access: everybody,
      show: ({ visit, query }) => {
        const found = { query: text.parse(query.get('q') ?? '').trim(), page: pageNumber(query) };
        return peoplePage(visit, people, { ...found, simulated: simulatorUrl !== null });
      },
      submit: ({ typed }) => playPerson(people, typed.text('cle')),
    }),
    definePage({
      path: demoPaths.mails,
      about: about('the mails sent'),
      access: everybody,
      show: async ({ visit, query }) =>
        mailsPage(visit, to(await mails.list(), address(query)), unread.email.isNew),
    }),
    definePage({
      path: `${demoPaths.mails}/:id`,
      about: about('one mail'),
      access: oneMail,
      show: async ({ visit, id }) => {
        const mail = await mails.find(id);
        if (mail) unread.email.opened(id);
        return mail
          ? mailPage(visit, mail)
          : { kind: 'document', status: 404, document: notFoundPage(visit) };
      },
    }),
    definePage({
      path: demoPaths.clock,
      about: about('where the clock stands'),
      access: everybody,
      show: ({ visit }) => clockPage(visit, clock.now()),
    }),
    definePage({
      path: demoPaths.components,
      about: about('every component of the pages in every state'),
      access: everybody,
      show: ({ visit }) => componentsPage(visit),
    }),
    definePage({
      path: demoPaths.sms,
      about: about('the SMS sent'),
      access: everybody,
      show: ({ visit, query }) => {
        const shown = to(sms.list(), address(query));
        const answer = smsPage(visit, shown, unread.sms.isNew);
        unread.sms.opened(...shown.map(({ id }) => id));
        return answer;
      },
    }),
    definePage({
      path: demoPaths.letters,
      about: about('the letters printed'),
      access: everybody,
      show: ({ visit }) => lettersPage(visit, letters.list(), unread.letter.isNew),
    }),
  ];
}

function pageNumber(query: URLSearchParams): number {
  return z.coerce
    .number()
    .int()
    .catch(1)
    .parse(query.get('page') ?? undefined);
}

/** The entries of a list sent to an address; all of them when it is empty. */
function to<Sent extends { readonly a: string }>(all: readonly Sent[], address: string): readonly Sent[] {
  return address === '' ? all : all.filter(({ a }) => a === address);
}

/**
 * Fills every form from now on as this person would, beginning with the one that they need first; without a person,
 * fills nothing any more.
 */
function playPerson(people: readonly DemoPerson[], key: string): Answer {
  if (key === '') return redirect(demoPaths.people, { name: roleCookie, value: null });
  const person = people.find(({ cle }) => cle === key);
  if (!person) return redirect(demoPaths.people);
  const first = person.account ? paths.signIn : paths.identity;
  return redirect(first, { name: roleCookie, value: key });
}

/** The same as JSON, for programs. */
function registerLists(app: FastifyInstance, { people, mails, sms, letters, simulatorUrl }: Demo): void {
  const everybodyAsJson = JSON.stringify(
    people.map((person) => personForJson(person, simulatorUrl === null ? null : franceConnectOf(person))),
  );
  app.get(`${demoPaths.people}.json`, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(everybodyAsJson),
  );
  app.get(`${demoPaths.mails}.json`, async ({ query }) => to(await mails.list(), sentTo.parse(query).a));
  app.get(`${demoPaths.sms}.json`, ({ query }) => to(sms.list(), sentTo.parse(query).a));
  app.get(`${demoPaths.letters}.json`, () => letters.list());
}

/** Letters and the markup of mails as they were sent; the stylesheet of the page of components. */
function registerFiles(app: FastifyInstance, { mails, letters, unread }: Demo): void {
  app.get(demoPaths.states, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(stateRules(stylesheet())),
  );
  app.get(`${demoPaths.letters}/:id`, async (request, reply) => {
    const { id } = parameters.parse(request.params);
    const printed = await letters.file(id);
    if (!printed) return reply.callNotFound();
    unread.letter.opened(printed.id);
    return reply.type(printed.type).send(printed.content);
  });
  app.get(`${demoPaths.mails}/:id/html`, async (request, reply) => {
    const mail = await mails.find(parameters.parse(request.params).id);
    if (!mail) return reply.callNotFound();
    reply.header('content-security-policy', mailMarkupPolicy);
    return reply.type('text/html; charset=utf-8').send(mail.html);
  });
}

/** No CSRF token is required here, so that programs can move the clock; other sites still cannot. */
function registerClock(app: FastifyInstance, { clock, context, onClockMoved }: Demo): void {
  app.post(demoPaths.clock, async (request, reply) => {
    const forProgram = request.headers.accept?.includes('application/json') ?? false;
    const typed = clockBody.parse(request.body ?? {});
    const refuse = (status: number, reason: ClockRefusal) => {
      if (forProgram) return reply.code(status).send({ erreur: reason });
      const now = clock.now();
      const visit = visitOf(context, request, reply, { now });
      const refused = clockPage(visit, now, { ...typed, reason });
      return sendAnswer(context, { frame: framed, people: null, home: demoPaths.index }, visit, reply, {
        ...refused,
        status,
      });
    };
    if (request.headers['sec-fetch-site'] === 'cross-site') return refuse(403, 'not-a-duration');
    const move = clock.move(durationOf(typed));
    if (move.kind === 'refused') return refuse(400, move.reason);
    await onClockMoved();
    return forProgram ? { maintenant: move.now.toISOString() } : reply.redirect(demoPaths.clock, 303);
  });
}
