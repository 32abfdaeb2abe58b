import { loadPolicy } from '#src/policy/load.ts';
import { capitalised } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { isAlone } from '#src/workshop/network/urls.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { machineView } from '#src/workshop/placing/machine-view.ts';
import { movesView, undoView } from '#src/workshop/placing/moves-view.ts';
import { passwordOfClass } from '#src/workshop/placing/play.ts';
import { placingTexts } from '#src/workshop/placing/texts.ts';
import { boardTexts, fieldWords, numbered } from '#src/workshop/trainer/board-texts.ts';
import { incidents } from '#src/workshop/trainer/incidents.ts';
import type { Standing } from '#src/workshop/trainer/standing.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

/** One seat of the board, with what the trainer may do for it. */
export function seatView(
  request: PageRequest<{ readonly running: RunningClass }>,
  shown: Shown,
  standing: Standing,
  /** Its number, and where codes are typed, as people type it. */
  { number, address }: { readonly number: number; readonly address: string },
): PageAnswer {
  const { visit, running, now } = request;
  const t = boardTexts[visit.voice];
  const { plan, phase } = running.journal.state();
  const board = `${workshopPaths.classes}/${running.id}`;
  const found = standing.taken.find(({ seat }) => seat.number === number);
  const seat = found?.seat ?? { number, firstName: null, handSince: null, refusal: null };
  const { handSince, refusal } = seat;
  const raisedFor = handSince && Math.floor((now.getTime() - handSince.getTime()) / 60_000);
  const title = capitalised(t.seatPage.title(seat));
  const facts = found && [
    {
      key: t.seatPage.step,
      value: `${numbered(t, trainerTexts[visit.voice].steps, standing.steps, found.seat.step)}, ${t.since(found.minutes)}`,
    },
    {
      key: t.refusal,
      value: refusal ? t.refused(fieldWords(t, refusal.fields), refusal.times) : t.noRefusal,
    },
    ...(found.seat.passwordGiven
      ? [{ key: placingTexts[visit.voice].password, value: passwordOfClass(loadPolicy(plan.policy)) }]
      : []),
    {
      key: t.seatPage.hand,
      value: raisedFor === null ? t.seatPage.lowered : t.seatPage.raised(raisedFor),
    },
  ];
  const people = running.roster.get(number)?.length ?? 0;
  const moves =
    found &&
    phase !== 'ended' &&
    movesView(visit, {
      board,
      seat: found.seat,
      steps: standing.steps.map((step) => ({
        step,
        name: capitalised(numbered(t, trainerTexts[visit.voice].steps, standing.steps, step)),
      })),
      peopleLeft: Math.max(0, people - 1 - found.seat.person),
    });
  const answer = formPage(request, shown, {
    title,
    body: html`${found && phase !== 'ended' && undoView(visit, { board, seat: found.seat, now })}
${facts ? summaryList(facts) : html`<p class="govuk-body">${t.seatPage.free}</p>`}
${
  handSince !== null &&
  form(visit, {
    action: board,
    body: html`<input type="hidden" name="place" value="${number}">${button({ text: t.seatPage.lower, name: 'action', value: 'main', style: 'secondary' })}`,
  })
}
${moves}
${
  found &&
  phase !== 'ended' &&
  machineView(visit, {
    board,
    seat: number,
    given: running.moveCodes.current(number),
    address: address.replace('http://', ''),
    isAlone: isAlone(address),
  })
}
${found && phase !== 'ended' && incidents(visit, { scenario: running.scenario, board, seat: found.seat })}`,
  });
  return { ...answer, back: { href: board, text: t.seatPage.back } };
}
