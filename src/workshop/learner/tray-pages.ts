import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Access } from '#src/web/access.ts';
import { readCookie } from '#src/web/cookies.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { type PageRequest, redirect } from '#src/web/page.ts';
import type { WebContext } from '#src/web/site.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Faults } from '#src/workshop/classroom/faults.ts';
import { isForged } from '#src/workshop/classroom/forged.ts';
import { forgedMark, type Inbox, smsMark } from '#src/workshop/classroom/inbox.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';
import type { Seated } from '#src/workshop/classroom/seats.ts';
import { mailFolderView, mailView } from '#src/workshop/learner/mailbox.ts';
import { lettersView, smsView } from '#src/workshop/learner/tray-view.ts';
import { praisedFault, verdictAddress, verdicts, verdictView } from '#src/workshop/learner/verdict.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** What the condition of a seat’s pages gives them; `id`: of the message in the address. */
export type AtSeat = Seated & { readonly id: string };

/** What the pages of a seat need of what goes wrong. */
export interface SeatFaults extends Pick<Faults, 'dealt' | 'understood'> {
  /** The forged letter to a person, as a PDF; null: the press is busy. */
  forgedLetter(to: SeatPerson): Promise<Buffer | null>;
}

/** The mailbox, the telephone and the letter box of a seat. */
export function trayPages(
  atSeat: Access<null, AtSeat>,
  inbox: Inbox,
  faults: SeatFaults,
  { policy }: Pick<WebContext, 'policy'>,
): readonly Page<null>[] {
  const about = (shows: string, form: string | null = null) => ({ part: 'Workshop', shows, form });
  return [
    definePage({
      path: workshopPaths.seatMails,
      about: about('the mails of a seat'),
      access: atSeat,
      show: ({ visit, plays }) => mailFolderView(visit, inbox, plays, 'inbox'),
    }),
    definePage({
      path: workshopPaths.seatSpam,
      about: about('the spam folder of a seat'),
      access: atSeat,
      show: ({ visit, plays }) => mailFolderView(visit, inbox, plays, 'spam'),
    }),
    definePage({
      path: workshopPaths.seatMail,
      about: about('one mail of a seat', 'puts it back into the inbox, or says that it is forged'),
      access: atSeat,
      show: async ({ visit, seat, plays, id }: PageRequest<AtSeat>) => {
        const mail = inbox.mail(plays, id);
        if (!mail) return { kind: 'missing' };
        inbox.opened(id);
        if (inbox.isSpam(id)) await faults.dealt(seat.number, 'mail-in-spam');
        if (inbox.cameLate(id)) await faults.dealt(seat.number, 'mail-delayed');
        return mailView(visit, mail, inbox.isSpam(id));
      },
      submit: async ({ seat, plays, typed, id }) => {
        if (typed.text('avis') === 'faux') {
          const mail = inbox.mail(plays, id);
          const isRight = mail !== null && isForged(mail);
          if (isRight) await faults.dealt(seat.number, 'phishing-mail');
          return redirect(verdictAddress(isRight ? 'courriel-faux' : 'courriel-vrai'));
        }
        inbox.notSpam(plays, id);
        return redirect(workshopPaths.seatMails);
      },
    }),
    definePage({
      path: workshopPaths.seatSms,
      about: about('the text messages of a seat'),
      access: atSeat,
      show: ({ visit, plays }) => {
        const answer = smsView(visit, inbox, plays, policy.serviceName);
        inbox.opened(...inbox.sms(plays).map(({ id }) => smsMark(id)));
        return answer;
      },
    }),
    definePage({
      path: workshopPaths.seatLetters,
      about: about('the letters of a seat', 'says that one is forged'),
      access: atSeat,
      show: ({ visit, seat, plays }) => lettersView(visit, inbox, plays, hasForged(seat)),
      submit: async ({ seat, typed }) => {
        const isRight = typed.text('lettre') === 'recu';
        if (isRight) await faults.dealt(seat.number, 'forged-letter');
        return redirect(verdictAddress(isRight ? 'lettre-fausse' : 'lettre-vraie'));
      },
    }),
    definePage({
      path: workshopPaths.seatForged,
      about: about('the forged letter of a seat, as its PDF'),
      access: atSeat,
      show: async ({ seat, plays }) => {
        const content = hasForged(seat) ? await faults.forgedLetter(plays) : null;
        if (content) inbox.opened(forgedMark(plays));
        return content
          ? { kind: 'file', type: 'application/pdf', name: 'courrier.pdf', content }
          : { kind: 'missing' };
      },
    }),
    definePage({
      path: workshopPaths.seatVerdict,
      about: about('what was true or forged, and what to do'),
      access: atSeat,
      show: async ({ visit, seat, id }) => {
        const verdict = verdicts.find((one) => one === id);
        if (!verdict) return { kind: 'missing' };
        const fault = praisedFault(verdict);
        if (fault) await faults.understood(seat.number, fault);
        return verdictView(visit, verdict);
      },
    }),
  ];
}

function hasForged({ faults, dealt }: Seated['seat']): boolean {
  return faults.includes('forged-letter') || dealt.includes('forged-letter');
}

const named = z.object({ id: z.string().max(200).catch('') });

/** The letters themselves, which the browser shows; and the boxes as JSON. Each of one seat only. */
export function registerTrayFiles(
  app: FastifyInstance,
  context: Pick<WebContext, 'secure' | 'demo'>,
  { inbox, seated }: { readonly inbox: Inbox; readonly seated: (cookie: string | null) => Seated | null },
): void {
  const playsOf = (request: FastifyRequest): SeatPerson | null =>
    seated(readCookie(context, request, roleCookie))?.plays ?? null;
  app.get(workshopPaths.seatLetter, async (request, reply) => {
    const plays = playsOf(request);
    const file = plays && (await inbox.letter(plays, named.parse(request.params).id));
    if (!file) return reply.callNotFound();
    inbox.opened(file.id);
    return reply.type(file.type).send(file.content);
  });
  const lists: readonly (readonly [string, (of: SeatPerson) => readonly object[]])[] = [
    [
      workshopPaths.seatMails,
      (of) =>
        (['inbox', 'spam'] as const).flatMap((folder) =>
          inbox.mails(of, folder).map((mail) => ({ ...mail, indesirable: folder === 'spam' })),
        ),
    ],
    [workshopPaths.seatSms, inbox.sms],
    [workshopPaths.seatLetters, inbox.letters],
  ];
  for (const [path, list] of lists)
    app.get(`${path}.json`, (request) => {
      const plays = playsOf(request);
      return plays ? list(plays) : [];
    });
}
