import type { FastifyInstance } from 'fastify';
import { type Access, admitted, elsewhere } from '#src/web/access.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { page as frame } from '#src/web/layout.ts';
import { redirect } from '#src/web/page.ts';
import { registerPage } from '#src/web/register-page.ts';
import type { WebContext } from '#src/web/site.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Seated } from '#src/workshop/classroom/seats.ts';
import { type DeskOptions, deskView, papersView } from '#src/workshop/learner/desk-view.ts';
import { notNotedView } from '#src/workshop/learner/not-noted-view.ts';
import {
  type AtSeat,
  registerTrayFiles,
  type SeatFaults,
  trayPages,
} from '#src/workshop/learner/tray-pages.ts';
import { verdictAddress } from '#src/workshop/learner/verdict.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

export interface SeatPagesOptions extends DeskOptions {
  readonly faults: SeatFaults;
  readonly seated: (cookie: string | null) => Seated | null;
  /** The password that the class has given to the person of a seat; null where the learner chose one. */
  readonly passwordOf: (seat: Seated['seat']) => string | null;
  /** Raises or lowers the hand; answers whether that could be stored. */
  readonly raise: (seat: number, raised: boolean, now: Date) => Promise<boolean>;
}

/** Adds the desk of each seat to the site of a class: who the learner is, and their messages. */
export function registerSeat(app: FastifyInstance, context: WebContext, options: SeatPagesOptions): void {
  const { inbox, seated, raise, passwordOf, faults } = options;
  const atSeat: Access<null, AtSeat> = {
    name: 'seat',
    admits: 'the device of a seat of the class',
    redirects: 'to the page where a class is joined',
    judge: ({ sender, parameter }) => {
      const found = seated(sender.cookie(roleCookie) || null);
      return found ? admitted({ ...found, id: parameter('id') }) : elsewhere(workshopPaths.join);
    },
  };
  const about = (shows: string, form: string | null) => ({ part: 'Workshop', shows, form });
  const pages: readonly Page<null>[] = [
    definePage({
      path: workshopPaths.seat,
      about: about('the desk of a seat', 'raises or lowers the hand, or answers a call'),
      access: atSeat,
      show: (request) => deskView(request, options, passwordOf(request.seat)),
      submit: async ({ seat, typed, now, visit }) => {
        if (typed.has('appareil')) {
          options.deviceCodes.give(seat.number);
          return redirect(`${workshopPaths.seat}#appareil`);
        }
        const call = typed.text('appel');
        if (call === 'code') return redirect(verdictAddress('appel-code'));
        if (call === 'raccrocher') {
          await faults.dealt(seat.number, 'call-for-a-code');
          return redirect(verdictAddress('appel-raccroche'));
        }
        const isRaised = await raise(seat.number, typed.text('main') === 'levee', now);
        return isRaised ? redirect(workshopPaths.seat) : notNotedView(visit);
      },
    }),
    definePage({
      path: workshopPaths.seatPapers,
      about: about('the papers of the person of a seat', null),
      access: atSeat,
      show: (request) => papersView(request, options),
    }),
    ...trayPages(atSeat, inbox, faults, context),
  ];
  const site = { people: null, home: workshopPaths.seat, frame };
  for (const one of pages) registerPage(app, context, site, one);
  registerTrayFiles(app, context, { inbox, seated });
}
