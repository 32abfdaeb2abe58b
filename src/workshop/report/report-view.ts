import type { ClassReport, SeatReport } from '#src/exercise/class-report.ts';
import type { Step } from '#src/exercise/steps.ts';
import { formatDate, formatHour, formatTime } from '#src/texts/typography.ts';
import { insetText } from '#src/web/components/asides.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { table } from '#src/web/components/table.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { coopText } from '#src/workshop/report/coop-text.ts';
import { refusedAnswers } from '#src/workshop/report/refused-answers.ts';
import { type ReportTexts, reportTexts } from '#src/workshop/report/texts.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

/** How a class went, for its trainer; `erasedAt`: when the class is erased by itself. */
export function reportView(
  { visit, running }: PageRequest<{ readonly running: RunningClass }>,
  report: ClassReport,
  erasedAt: Date,
): PageAnswer {
  const { voice } = visit;
  const t = reportTexts[voice];
  const { plan, phase } = running.journal.state();
  const board = `${workshopPaths.classes}/${running.id}`;
  const coop = coopText(plan, running.scenario, report);
  const body = html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body">${t.noNames}</p>
${phase !== 'ended' && insetText(html`<p class="govuk-body">${t.stillOn}</p>`)}
<p class="govuk-body">${t.until(formatTime(erasedAt, voice))}</p>
${report.seats.length === 0 ? html`<p class="govuk-body">${t.nobody}</p>` : details(visit, running, report)}
<h2 class="govuk-heading-m">${t.table.title}</h2>
<p class="govuk-body">${t.table.why}</p>
<p class="govuk-body"><a class="govuk-link" href="${board}/rapport.csv" download>${t.table.link}</a></p>
<h2 class="govuk-heading-m">${t.coop.title}</h2>
<div class="govuk-form-group"><label class="govuk-label" for="coop">${t.coop.label}</label><div class="govuk-hint" id="coop-hint">${t.coop.how}</div><textarea class="govuk-textarea" id="coop" rows="${coop.split('\n').length + 2}" lang="fr" readonly aria-describedby="coop-hint">${coop}</textarea></div>`;
  return { kind: 'page', title: t.title, wide: true, back: { href: board, text: t.back }, body };
}

function details({ voice, language }: Visit, { journal, scenario }: RunningClass, report: ClassReport): Html {
  const t = reportTexts[voice];
  const names = trainerTexts[voice].steps;
  const { plan } = journal.state();
  const { from, until, ms, seats, steps, done, hands, faults } = report;
  const began = from ?? until;
  const refused = refusedAnswers(voice, report);
  return html`${summaryList([
    { key: t.name, value: plan.name },
    { key: t.exercise, value: scenario.title[language] },
    { key: t.level, value: trainerTexts[voice].classes.levels[plan.level] },
    { key: t.date, value: formatDate(began, voice) },
    {
      key: t.hours,
      value: t.fromTo(formatHour(began, voice).replace(/ \(.*/, ''), formatHour(until, voice)),
    },
    { key: t.duration, value: minutes(t, ms) },
    { key: t.places, value: t.of(seats.length, plan.seats) },
    { key: t.done, value: t.of(done, seats.length) },
    { key: t.hands, value: hands },
  ])}
<p class="govuk-body">${t.withoutBreaks}</p>
${table({
  caption: t.steps.caption,
  head: [t.steps.step, t.steps.came, t.steps.done, t.steps.median, t.steps.longest],
  rows: steps.map(({ step, came, done, medianMs, longestMs, longestSeat }, index) => [
    `${index + 1}. ${names[step]}`,
    t.steps.cameCount(came),
    came === 0 ? '' : t.steps.doneCount(done),
    came === 0 ? '' : t.steps.usually(minutes(t, medianMs)),
    longestSeat === null ? '' : t.steps.atMost(minutes(t, longestMs), longestSeat),
  ]),
})}
<p class="govuk-body">${t.steps.why}</p>
${table({
  caption: t.seats.caption,
  head: [t.seats.seat, t.seats.done, t.seats.finished, t.seats.longest, t.seats.refusals, t.seats.hands],
  rows: seats.map((seat) => [
    t.seats.named(seat.number),
    t.seats.doneCount(seat.stepsDone.length, steps.length),
    seat.isDone ? t.seats.isDone : t.seats.isNotDone,
    longest(t, names, seat),
    t.seats.refusalCount(sum([...seat.on.values()].map(({ refusals }) => refusals.length))),
    t.seats.handCount(sum([...seat.on.values()].map((there) => there.hands))),
  ]),
})}
${
  refused.length === 0
    ? titled(t.refusals.caption, t.refusals.none)
    : table({
        caption: t.refusals.caption,
        head: [t.refusals.what, t.refusals.step, t.refusals.times, t.refusals.seats],
        rows: refused.map(({ step, answer, times, seats }) => [
          answer,
          names[step],
          t.refusals.timesCount(times),
          t.refusals.seatCount(seats),
        ]),
      })
}
${
  faults.length === 0
    ? titled(t.faults.caption, t.faults.none)
    : table({
        caption: t.faults.caption,
        head: [t.faults.fault, t.faults.met, t.faults.dealt, t.faults.left],
        rows: faults.map(({ fault, met, dealt }) => [
          t.fault[fault],
          t.faults.metCount(met),
          t.faults.dealtCount(dealt),
          t.faults.leftCount(met - dealt),
        ]),
      })
}`;
}

function titled(title: string, text: string): Html {
  return html`<h2 class="govuk-heading-m">${title}</h2><p class="govuk-body">${text}</p>`;
}

function longest(t: ReportTexts, names: Readonly<Record<Step, string>>, { on }: SeatReport): string {
  const [found] = [...on].sort(([, one], [, other]) => other.ms - one.ms);
  return found ? `${names[found[0]]}, ${minutes(t, found[1].ms)}` : t.seats.none;
}

function minutes(t: ReportTexts, ms: number): string {
  return t.minutes(Math.round(ms / 60_000));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
