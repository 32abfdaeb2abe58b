import type { LetterProgress } from '#src/codes/letter-progress.ts';
import { type ExpectedDays, expectedDays } from '#src/letters/expected.ts';
import { trackerTexts } from '#src/page-parts/letter-progress-texts.ts';
import { paths } from '#src/paths.ts';
import type { Voice } from '#src/texts/language.ts';
import { formatDate, formatTime } from '#src/texts/typography.ts';
import { parisDate } from '#src/time/paris.ts';
import { insetText, warningText } from '#src/web/components/asides.ts';
import { attributes } from '#src/web/components/attributes.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

/** The progress of the letter, when it is expected, and what to do when something went wrong. */
export function trackerView(visit: Visit, progress: LetterProgress | null, postalCode: string): Html {
  const t = trackerTexts[visit.voice];
  const title = html`<h1 class="govuk-heading-l">${t.title}</h1>`;
  const received = button({ text: t.received, href: paths.provisionalCode });
  const other = (style: 'primary' | 'secondary') => button({ text: t.other, href: paths.otherWays, style });
  if (!progress)
    return html`${title}<p class="govuk-body">${t.none}</p><p class="govuk-body">${t.noneWhat}</p>${buttonGroup(
      received,
      other('secondary'),
    )}`;
  const dates = stages(rows(visit.voice, progress, postalCode));
  switch (progress.stage) {
    case 'returned':
    case 'stopped':
      return html`${title}${warningText(visit, progress.stage === 'returned' ? t.back : t.stopped)}${dates}
        <h2 class="govuk-heading-m">${t.what}</h2>
        <ol class="govuk-list govuk-list--number">${t.steps(visit.supportTelephone).map((step) => html`<li>${step}</li>`)}</ol>
        ${other('primary')}`;
    case 'over':
      return html`${title}<p class="govuk-body">${t.over} ${t.overWhat}</p>${dates}${other('primary')}`;
    default: {
      const late = parisDate(visit.now) > expected(progress, postalCode).latest;
      return html`${title}<p class="govuk-body">${t.lead}</p>${dates}
        ${late && html`<h2 class="govuk-heading-m">${t.late}</h2><p class="govuk-body">${t.lateWhat}</p>`}
        <p class="govuk-body">${t.until(formatTime(progress.until, visit.voice))} ${t.close}</p>
        ${buttonGroup(received, other('secondary'))}`;
    }
  }
}

/** For other pages: a notice that a letter is on its way or was returned, with a link to its page; empty otherwise. */
export function letterUnderWay(visit: Visit, progress: LetterProgress | null): Html | null {
  const t = trackerTexts[visit.voice];
  if (!progress || progress.stage === 'over') return null;
  const news = { returned: t.wasReturned, stopped: t.stopped } as const;
  const { stage } = progress;
  const text = stage === 'returned' || stage === 'stopped' ? news[stage] : t.underWay;
  return insetText(html`<p class="govuk-body">${text}</p>${trackerLink(visit.voice)}`);
}

/** The link to the page of the letter. */
export function trackerLink(voice: Voice): Html {
  return html`<p class="govuk-body"><a class="govuk-link" href="${paths.letterTracker}">${trackerTexts[voice].title}</a></p>`;
}

/** The stages of the letter, done and to come; what has happened is ticked. */
function stages(all: readonly Stage[]): Html {
  const done = all.filter(({ happened }) => happened).length;
  const items = all.map(
    ({ key, value }, index) =>
      html`<li${attributes({ class: index < done && 'done' })}><strong>${key}</strong><br>${value}</li>`,
  );
  return html`<div class="steps"><ol>${items}</ol></div>`;
}

interface Stage {
  readonly key: string;
  readonly value: string;
  readonly happened: boolean;
}

function rows(voice: Voice, progress: LetterProgress, postalCode: string): readonly Stage[] {
  const t = trackerTexts[voice];
  const on = (at: Date | null) => (at ? t.on(formatDate(at, voice)) : t.notYet);
  const { stage, requestedAt, printedAt, postedAt, returnedAt } = progress;
  const first = { key: t.requested, value: on(requestedAt), happened: true };
  if (stage === 'stopped') return [first];
  const printed = {
    key: t.printed,
    value: on(printedAt ?? postedAt),
    happened: (printedAt ?? postedAt) !== null,
  };
  const posted = { key: t.posted, value: on(postedAt), happened: postedAt !== null };
  if (stage === 'returned') {
    const later = [...(printedAt ? [printed] : []), ...(postedAt ? [posted] : [])];
    return [first, ...later, { key: t.returned, value: on(returnedAt), happened: true }];
  }
  if (stage === 'over') return [first];
  const { earliest, latest } = expected(progress, postalCode);
  const day = (text: string) => formatDate(new Date(`${text}T12:00:00Z`), voice);
  return [
    first,
    printed,
    posted,
    { key: t.expected, value: t.between(day(earliest), day(latest)), happened: false },
  ];
}

/** Computed from the latest known stage. */
function expected({ postedAt, printedAt, requestedAt }: LetterProgress, postalCode: string): ExpectedDays {
  if (postedAt) return expectedDays(postedAt, 'posted', postalCode);
  if (printedAt) return expectedDays(printedAt, 'printed', postalCode);
  return expectedDays(requestedAt, 'requested', postalCode);
}
