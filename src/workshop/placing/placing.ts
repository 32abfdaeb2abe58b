import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionCookieName } from '#src/access/session-cookie.ts';
import { record } from '#src/audit/record.ts';
import { emailKey, personKey, telephoneKey } from '#src/crypto/keyring.ts';
import type { ClassEvent, Place } from '#src/exercise/class-event.ts';
import { type ClassState, emptySeat, type SeatState, undoable } from '#src/exercise/class-state.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import { pageOfStep, type Step, steps } from '#src/exercise/steps.ts';
import { noRows, type PersonRows, readPerson, writePerson } from '#src/installation/put-back/person-rows.ts';
import type { Services } from '#src/services.ts';
import { endSessionsOf } from '#src/sessions/change-session.ts';
import type { Language } from '#src/texts/language.ts';
import { systemClock } from '#src/time/clock.ts';
import { parisDate } from '#src/time/paris.ts';
import { cookieName, readCookie } from '#src/web/cookies.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import { presenter, type Roster, type SeatPerson } from '#src/workshop/classroom/roster.ts';
import { deviceOf, readPlace, type Seated } from '#src/workshop/classroom/seats.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { seatPut } from '#src/workshop/placing/events.ts';
import { beginOnly, fitBrowser, mustBeFitted, powerIn } from '#src/workshop/placing/fit-browser.ts';
import { PersonBrowser, type PlayedApp } from '#src/workshop/placing/person-browser.ts';
import { passwordOfClass, playSteps } from '#src/workshop/placing/play.ts';
import { fits, isInAccount, routeTo } from '#src/workshop/placing/route.ts';
import { type Beginnings, beginningsOf, openSnapshots } from '#src/workshop/placing/snapshots.ts';
import { turns } from '#src/workshop/placing/turns.ts';

export type PlacingOutcome =
  | { readonly kind: 'done' }
  /** Nothing was changed. `too-late`: there is nothing to undo, or a minute has passed. */
  | { readonly kind: 'nobody' | 'class-ended' | 'not-possible' | 'too-late' | 'nobody-left' };

/** Where the seats of a class are, and how a trainer moves them. One after the other; each changes one person. */
export interface Placing {
  /** Keeps how the class begins, at its first opening: before anybody sits down. */
  begin(): Promise<void>;
  /** Puts a seat back to a step, or on to one where it has never been. */
  putSeat(seat: number, step: Step): Promise<PlacingOutcome>;
  /** Undoes the latest putting back of a seat, within a minute. */
  undo(seat: number): Promise<PlacingOutcome>;
  /** Gives a seat the next person of its reserve: it begins again. */
  giveAnotherPerson(seat: number): Promise<PlacingOutcome>;
  /** Keeps what the person of a seat is, where the seat has come to a step for the first time. */
  keep(seat: number, step: Step): Promise<void>;
  /** The seat of the program that plays its person; null for any other cookie. */
  played(cookie: string | null): Seated | null;
  /** Fits a browser that has not followed its seat yet, and answers the page to lead it to; null for one that has. */
  follow(request: FastifyRequest, reply: FastifyReply, found: Seated): Promise<string | null>;
  /**
   * What the page of a step shows to somebody who sits nowhere, without what belongs around it; null where they cannot be
   * at that step.
   */
  present(step: Step, language: Language): Promise<string | null>;
  /** The password that the class has given to the person of a seat. */
  passwordOf(seat: SeatState): string | null;
}

export interface PlacingOptions {
  /** Of the class. */
  readonly folder: string;
  readonly publicUrl: string;
  readonly roster: Roster;
  readonly scenario: Pick<Scenario, 'steps'>;
  readonly state: () => ClassState;
  readonly add: (event: ClassEvent) => Promise<void>;
  /** Opens the account of somebody in reserve; false where the exercise begins without one. */
  readonly openAccount: (of: SeatPerson) => Promise<boolean>;
  readonly services: Services;
  readonly app: PlayedApp;
  /** Where FranceConnect answers; null where the class has none. */
  readonly franceConnect: (() => Promise<PlayedApp>) | null;
}

/** Pages of steps that are kept for the projector: every step in both languages. */
const mostPresented = 40;

export function openPlacing(options: PlacingOptions): Placing {
  const { folder, publicUrl, roster, scenario, state, add, openAccount, services, app } = options;
  const { db, keyring, random, clock } = services;
  const own = join(folder, 'reprises');
  const snapshots = openSnapshots(own, random);
  const playing = new Map<string, number>();
  const presented = new Map<string, Promise<string | null>>();
  const begun = Promise.withResolvers<Beginnings>();
  const beginnings = begun.promise;
  const inTurn = turns();
  /** Its libraries take a while to load: only where it is needed. */
  const appOf = async (): Promise<(path: string) => PlayedApp> => {
    const isNeeded = scenario.steps.includes('franceconnect');
    const provider = isNeeded ? await options.franceConnect?.() : null;
    return (path) => (provider && path.startsWith(workshopPaths.franceConnect) ? provider : app);
  };
  const nameOf = (name: string) => cookieName(services, name);

  const seatOf = (number: number): Seated | null => {
    const seat = number === presenter ? emptySeat(presenter, clock.now()) : state().seats.get(number);
    const plays = seat && roster.get(number)?.[seat.person];
    return seat && plays ? { seat, plays } : null;
  };
  const keyOf = ({ person }: SeatPerson) => personKey(keyring, person.line.nir);
  const newPlace = (session: Place['session']): Place => ({ id: random.bytes(8).toString('hex'), session });
  const restore = (plays: SeatPerson, rows: PersonRows, step: Step): Promise<void> =>
    db.transaction().execute(async (trx) => {
      const person = keyOf(plays);
      const channels = [emailKey(keyring, plays.email), telephoneKey(keyring, plays.mobile)];
      await writePerson(trx, { key: person, channels }, keyring, rows);
      const at = clock.now();
      await record(trx, seatPut, {
        person,
        actor: { kind: 'trainer', id: 'atelier' },
        at,
        details: { to: step },
      });
    });
  const acting = (number: number): Seated | PlacingOutcome => {
    if (state().phase === 'ended') return { kind: 'class-ended' };
    const found = seatOf(number);
    return found?.seat.device ? found : { kind: 'nobody' };
  };

  /** What a seat was at a step where it has been; null for one where it has not. */
  const kept = async (seat: SeatState, plays: SeatPerson, step: Step) => {
    if (step === 'start')
      return { rows: (await beginnings).get(plays.person.cle) ?? noRows, passwordGiven: false };
    const one = seat.kept.get(step);
    const rows = one ? await snapshots.find(one.id) : null;
    return one && rows && fits(step, rows) ? { rows, passwordGiven: one.passwordGiven } : null;
  };

  /** The latest point before a step from where the way there can be played, and what is left of it. */
  const before = async (seat: SeatState, plays: SeatPerson, to: Step) => {
    const { iban, card } = plays.person.line;
    const usual = scenario.steps.includes('franceconnect') ? 'franceconnect' : iban && card ? 'card' : 'code';
    const route = routeTo(to, usual);
    for (const step of route.filter((one) => one !== 'confirmed').toReversed()) {
      const found = await kept(seat, plays, step);
      if (found) return { ...found, route: route.slice(route.indexOf(step)) };
    }
    const first = (await beginnings).get(plays.person.cle) ?? noRows;
    const hasAccount = steps.indexOf(to) >= steps.indexOf('confirmed') && fits('confirmed', first);
    return hasAccount
      ? { rows: first, passwordGiven: false, route: [] }
      : { rows: noRows, passwordGiven: false, route };
  };

  const play = async (seat: SeatState, plays: SeatPerson, to: Step) => {
    const { rows, passwordGiven, route } = await before(seat, plays, to);
    await restore(plays, rows, to);
    const person = keyOf(plays);
    const power = powerIn(rows.session);
    const cookie = random.bytes(16).toString('base64url');
    const cookies = new Map([[nameOf(roleCookie), cookie]]);
    if (power)
      cookies.set(nameOf(sessionCookieName), (await beginOnly(services, person, power, clock.now())).token);
    playing.set(cookie, seat.number);
    try {
      const browser = new PersonBrowser(await appOf(), publicUrl, cookies);
      if (!(await playSteps({ browser, plays, services }, route))) return null;
    } finally {
      playing.delete(cookie);
    }
    if (isInAccount(to)) await beginOnly(services, person, { kind: 'account' }, clock.now());
    if (to === 'sign-in') await endSessionsOf(db, person);
    const reached = await readPerson(db, person, clock.now());
    return { rows: reached, passwordGiven: passwordGiven || route.includes('password') };
  };

  const render = (to: Step, language: Language): Promise<string | null> =>
    inTurn(presenter, async () => {
      const found = seatOf(presenter);
      if (!found) return null;
      const { seat, plays } = found;
      const { rows, route } = isPublic(to) ? { rows: noRows, route: [] } : await before(seat, plays, to);
      await restore(plays, rows, to);
      const cookie = random.bytes(16).toString('base64url');
      const cookies = new Map([
        [nameOf(roleCookie), cookie],
        ['langue', language],
      ]);
      playing.set(cookie, presenter);
      try {
        const browser = new PersonBrowser(await appOf(), publicUrl, cookies);
        if (!(await playSteps({ browser, plays, services }, route))) return null;
        const entered = isInAccount(to)
          ? await beginOnly(services, keyOf(plays), { kind: 'account' }, clock.now())
          : null;
        const at = entered
          ? new PersonBrowser(
              await appOf(),
              publicUrl,
              new Map([...cookies, [nameOf(sessionCookieName), entered.token]]),
            )
          : browser;
        const isThere = (path: string) => path.startsWith(workshopPaths.franceConnect);
        const { status, html } = await at.follow(await at.get(pageOfStep(to)), isThere);
        return status === 200 ? contentOf(html) : null;
      } finally {
        playing.delete(cookie);
      }
    });

  return {
    begin: async () => {
      begun.resolve(await beginningsOf(own, () => peopleWithAccount(services, roster)));
    },
    putSeat: (number, to) =>
      inTurn(number, async () => {
        const found = acting(number);
        if ('kind' in found) return found;
        const { seat, plays } = found;
        const now = await readPerson(db, keyOf(plays), clock.now());
        const undo = await snapshots.keep(now);
        const from = seat.step;
        const moved = async (step: Step, rows: PersonRows, passwordGiven: boolean) => {
          const at = systemClock.now().toISOString();
          const place = newPlace(powerIn(rows.session) ?? { kind: 'none' });
          await add({ kind: 'put-back', at, seat: number, to: step, from, undo, place, passwordGiven });
        };
        const was = await kept(seat, plays, to);
        if (was) {
          await restore(plays, was.rows, to);
          await moved(to, was.rows, was.passwordGiven);
          return { kind: 'done' };
        }
        const played = await play(seat, plays, to).catch(() => null);
        if (!played || !fits(to, played.rows)) {
          await restore(plays, now, from);
          await moved(from, now, seat.passwordGiven);
          return { kind: 'not-possible' };
        }
        await moved(to, played.rows, played.passwordGiven);
        await keepAt(number, to, played.rows);
        return { kind: 'done' };
      }),
    undo: (number) =>
      inTurn(number, async () => {
        const found = acting(number);
        if ('kind' in found) return found;
        const { seat, plays } = found;
        const putBack = undoable(seat, systemClock.now());
        const rows = putBack && (await snapshots.find(putBack.kept));
        if (!putBack || !rows) return { kind: 'too-late' };
        await restore(plays, rows, putBack.before.step);
        const place = newPlace(powerIn(rows.session) ?? { kind: 'none' });
        await add({ kind: 'put-back-undone', at: systemClock.now().toISOString(), seat: number, place });
        return { kind: 'done' };
      }),
    giveAnotherPerson: (number) =>
      inTurn(number, async () => {
        const found = acting(number);
        if ('kind' in found) return found;
        const person = found.seat.person + 1;
        const next = roster.get(number)?.[person];
        if (!next) return { kind: 'nobody-left' };
        if (await openAccount(next))
          await (await beginnings).add(next.person.cle, await readPerson(db, keyOf(next), clock.now()));
        await endSessionsOf(db, keyOf(found.plays));
        const place = newPlace({ kind: 'none' });
        await add({ kind: 'given-person', at: systemClock.now().toISOString(), seat: number, person, place });
        return { kind: 'done' };
      }),
    keep: async (number, step) => {
      const found = seatOf(number);
      const one = found?.seat.kept.get(step);
      if (!found || (one && !one.outdated)) return;
      const rows = await readPerson(db, keyOf(found.plays), clock.now());
      const { seat } = seatOf(number) ?? {};
      // It was put elsewhere, or given another person, meanwhile.
      const isStill = seat?.place?.id === found.seat.place?.id && seat?.person === found.seat.person;
      if (isStill && fits(step, rows)) await keepAt(number, step, rows);
    },
    played: (cookie) => {
      const number = cookie === null ? undefined : playing.get(cookie);
      return number === undefined ? null : seatOf(number);
    },
    follow: async (request, reply, { seat: { number } }) => {
      await inTurn.settled(number);
      const found = seatOf(number);
      const sent = readPlace(readCookie(services, request, roleCookie) ?? '');
      // Another device of the seat only reads its messages.
      const isMain = sent !== null && found?.seat.device === deviceOf(sent.secret);
      if (!isMain || !mustBeFitted(services, request, found)) return null;
      await fitBrowser(services, request, reply, found);
      return pageOfStep(found.seat.step);
    },
    present: (to, language) => {
      // It shows nothing of any seat, so that it is the same for all projectors of a day.
      const key = `${parisDate(clock.now())} ${to} ${language}`;
      const known = presented.get(key);
      if (known) return known;
      const page = render(to, language);
      presented.set(key, page);
      for (const old of presented.keys()) if (presented.size > mostPresented) presented.delete(old);
      const forget = () => void presented.delete(key);
      page.then((content) => content ?? forget(), forget);
      return page;
    },
    passwordOf: ({ passwordGiven }) => (passwordGiven ? passwordOfClass(services.policy) : null),
  };

  async function keepAt(seat: number, step: Step, rows: PersonRows): Promise<void> {
    const id = await snapshots.keep(rows);
    await add({ kind: 'kept', at: systemClock.now().toISOString(), seat, step, id });
  }
}

/** Steps that open to anybody. */
function isPublic(step: Step): boolean {
  return step === 'start' || step === 'identity' || step === 'franceconnect' || step === 'sign-in';
}

/** What stands in the middle of a page, without its scripts; its title is then one of another page. */
function contentOf(html: string): string | null {
  const start = html.indexOf('<main');
  const end = html.indexOf('</main>');
  if (start < 0 || end < 0) return null;
  const content = html.slice(html.indexOf('>', start) + 1, end);
  return content
    .replace(/<script\b[^>]*><\/script>/g, '')
    .replace(/<a\b[^>]* class="govuk-back-link">[^<]*<\/a>/, '')
    .replace(/<input type="hidden"[^>]*>/g, '')
    .replace(/ data-prefill-(from|into)="[^"]*"/g, '')
    .replaceAll('<h1', '<h2')
    .replaceAll('</h1>', '</h2>');
}

/** Those who have an account before anybody has sat down. */
async function peopleWithAccount(
  { db, keyring, clock }: Services,
  roster: Roster,
): Promise<ReadonlyMap<string, PersonRows>> {
  const people = new Map(
    [...roster.values()].flat().map(({ person }) => {
      const key = personKey(keyring, person.line.nir);
      return [key.toString('hex'), { key, name: person.cle }] as const;
    }),
  );
  const accounts = await db.selectFrom('account').select('person_key').execute();
  const found = new Map<string, PersonRows>();
  for (const { person_key } of accounts) {
    const one = people.get(person_key.toString('hex'));
    if (one) found.set(one.name, await readPerson(db, one.key, clock.now()));
  }
  return found;
}
