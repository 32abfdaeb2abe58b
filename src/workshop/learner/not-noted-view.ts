import { button } from '#src/web/components/button.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import { learnerTexts } from '#src/workshop/learner/texts.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** What a learner did could not be stored, as on a full disk: the trainer can help, nobody else. */
export function notNotedView({ voice }: Visit): PageAnswer {
  const { title, text, again } = learnerTexts[voice].notNoted;
  return {
    kind: 'page',
    status: 503,
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">${text}</p>
${button({ href: workshopPaths.seat, text: again })}`,
  };
}
