import type { Random } from '#src/crypto/random.ts';
import { parseClassCode } from '#src/exercise/class-code.ts';
import type { ClassEvent } from '#src/exercise/class-event.ts';
import type { Access } from '#src/web/access.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { formPage, problemOf, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import {
  type Answer,
  type PageAnswer,
  type PageRequest,
  redirect,
  type Shown,
  withCookies,
} from '#src/web/page.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Classes } from '#src/workshop/classes/classes.ts';
import { NotWritten } from '#src/workshop/classes/journal.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import type { OpenedSeat } from '#src/workshop/classes/seat-codes.ts';
import { deviceOf, readPlace, seatOf } from '#src/workshop/classroom/seats.ts';
import { withAnotherCode } from '#src/workshop/learner/devices.ts';
import type { JoinGate } from '#src/workshop/learner/join-gate.ts';
import { notNotedView } from '#src/workshop/learner/not-noted-view.ts';
import { learnerTexts } from '#src/workshop/learner/texts.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

export interface JoinOptions {
  readonly classes: Pick<Classes, 'byCode' | 'find' | 'seatCodes'>;
  readonly gate: JoinGate;
  readonly random: Random;
}

/** The page where a class is joined; for somebody who has a seat, what keeps them from it. */
export function joinPage(everybody: Access<null, object>, options: JoinOptions): Page<null> {
  const joinOnce = oncePerForm((request) =>
    join(options, request).catch((error) => {
      if (error instanceof NotWritten) return notNotedView(request.visit);
      throw error;
    }),
  );
  return definePage({
    path: workshopPaths.join,
    about: { part: 'Workshop', shows: 'where a class is joined', form: 'takes a seat' },
    access: everybody,
    show: (request, shown) => {
      const place = placeOf(options, request);
      if (!request.query.has(withAnotherCode)) {
        if (place?.sits && place.phase === 'open') return redirect(workshopPaths.seat);
        if (place?.sits && place.phase === 'paused') return pausedView(request);
      }
      const why = request.query.has(withAnotherCode) ? null : place;
      const answer = joinView(request, shown, why && (why.phase === 'ended' ? 'ended' : 'elsewhere'));
      return request.query.has('lang')
        ? withCookies(answer, [{ name: ownLanguageCookie, value: 'oui' }])
        : answer;
    },
    submit: joinOnce,
  });
}

/** Somebody has chosen their language before joining: the one of the class changes nothing then. */
const ownLanguageCookie = 'langue-choisie';

const sameFormMs = 60_000;

/** Answers a form that is sent twice, as by a double click, as it was answered first. */
function oncePerForm(answer: (request: PageRequest) => Promise<Answer>) {
  const lately = new Map<string, { readonly at: Date; readonly answer: Promise<Answer> }>();
  return (request: PageRequest): Promise<Answer> => {
    const now = request.now.getTime();
    for (const [key, { at }] of lately) if (at.getTime() < now - sameFormMs) lately.delete(key);
    const key = request.sender.once().toString('base64url');
    const first = lately.get(key)?.answer ?? answer(request);
    lately.set(key, { at: request.now, answer: first });
    return first.then((given) => {
      // What was refused may be tried again as it is.
      if (given.kind !== 'redirect') lately.delete(key);
      return given;
    });
  };
}

/** The class of the visitor’s cookie, and whether they still have a seat there; null for a visitor without one. */
function placeOf({ classes }: JoinOptions, { sender }: PageRequest) {
  const place = readPlace(sender.cookie(roleCookie));
  const running = place && classes.find(place.classId);
  if (!running) return null;
  const state = running.journal.state();
  return { sits: seatOf(place, state) !== null, phase: state.phase };
}

async function join(options: JoinOptions, request: PageRequest): Promise<Answer> {
  const { classes, gate, random } = options;
  const { visit, sender, now } = request;
  const t = learnerTexts[visit.voice].join;
  const name = firstNameIn(request.typed.text('prenom'));
  const typed = name === undefined ? request.typed.without('prenom') : request.typed;
  const refuse = (field: string | null, text: string) =>
    joinView(request, refused(typed, { field, text }), null);
  const code = parseClassCode(typed.text('code'));
  if (code === null) return refuse('code', t.badCode);
  if (name === undefined) return refuse('prenom', t.badName);
  if (gate.isClosed(sender.ip, now)) return refuse(null, t.tooMany);
  const secret = random.bytes(16).toString('base64url');
  const enter = ({ id, journal }: RunningClass) => {
    gate.noteRoom(sender.ip, now);
    const { language } = journal.state().plan;
    const isOther = language !== visit.language && sender.cookie(ownLanguageCookie) === '';
    const to = isOther ? `${workshopPaths.seat}?lang=${language}` : workshopPaths.seat;
    return redirect(to, { name: roleCookie, value: `${id}.${secret}` });
  };
  const opened = classes.seatCodes.take(code, now);
  const where = opened && classes.find(opened.classId);
  if (opened && where && (await openOnDevice(where, opened, { device: deviceOf(secret), name, now })))
    return enter(where);
  // One browser has one seat, however often it asks.
  const place = placeOf(options, request);
  if (place?.sits && place.phase !== 'ended') return redirect(workshopPaths.seat);
  const running = classes.byCode(code);
  if (!running) {
    gate.failed(sender.ip, now);
    return refuse('code', t.unknownCode);
  }
  const taken = await running.journal.decide(({ seats }) => {
    const free = [...seats.values()].find(({ device }) => device === null);
    if (!free) return null;
    const about = { seat: free.number, firstName: name, device: deviceOf(secret) };
    return { kind: 'seated', at: now.toISOString(), ...about } as const;
  });
  return taken === null ? refuse(null, t.full) : enter(running);
}

/** Lets a device in with the code of a seat: beside its others, or instead of them. Answers whether the class is still on. */
async function openOnDevice(
  { journal }: RunningClass,
  { seat: number, use }: OpenedSeat,
  { device, name, now }: { readonly device: string; readonly name: string | null; readonly now: Date },
): Promise<boolean> {
  const at = now.toISOString();
  const stored = await journal.decide<ClassEvent>(({ phase, seats }) => {
    const seat = seats.get(number);
    if (!seat || phase === 'ended') return null;
    return use === 'move'
      ? { kind: 'seated', at, seat: number, firstName: seat.firstName ?? name, device }
      : { kind: 'device-added', at, seat: number, device };
  });
  return stored !== null;
}

/** A first name as typed; null for none; undefined for what is no first name: no digit, address or markup is kept. */
function firstNameIn(typed: string): string | null | undefined {
  if (typed === '') return null;
  return /^(?=.*\p{L})[\p{L}\p{M}’' .-]{1,30}$/u.test(typed) ? typed : undefined;
}

function joinView(
  request: PageRequest,
  { typed, problems }: Shown,
  why: 'ended' | 'elsewhere' | null,
): PageAnswer {
  const { visit } = request;
  const { join: t, ended } = learnerTexts[visit.voice];
  return formPage(
    request,
    { typed, problems },
    {
      title: why === 'ended' ? ended.title : t.title,
      body: html`${why === 'elsewhere' && html`<p class="govuk-body">${t.elsewhere}</p>`}${why === 'ended' && html`<p class="govuk-body">${ended.text}</p><h2 class="govuk-heading-m">${ended.another}</h2>`}${insetText(html`<p class="govuk-body">${t.seen}</p><p class="govuk-body"><strong>${t.neverYours}</strong></p>`)}
${form(visit, {
  legend: true,
  autocomplete: 'off',
  body: html`${input(visit, {
    name: 'code',
    label: t.code,
    hint: t.codeHint,
    error: problemOf(problems, 'code'),
    value: typed.text('code'),
    spaced: true,
    width: 10,
    spellcheck: 'false',
    autocapitalize: 'characters',
  })}
${input(visit, {
  name: 'prenom',
  label: t.firstName,
  hint: t.firstNameHint,
  error: problemOf(problems, 'prenom'),
  value: typed.text('prenom'),
  width: 20,
  required: false,
})}
${button({ text: t.submit })}`,
})}
<p class="govuk-body">${t.trainer} <a class="govuk-link" href="${workshopPaths.trainer}">${t.trainerLink}</a></p>`,
    },
  );
}

function pausedView({ visit }: PageRequest): PageAnswer {
  const { title, text, again } = learnerTexts[visit.voice].paused;
  return {
    kind: 'page',
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">${text}</p>
${button({ href: workshopPaths.seat, text: again })}`,
  };
}
