import { demoPaths } from '#src/demo/demo.ts';
import { demoTexts } from '#src/demo/texts.ts';
import { paths } from '#src/paths.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The start page of the demo: what it is, and what to try in which order. */
export function demoIndexPage(visit: Visit, simulatorUrl: string | null): PageAnswer {
  const t = demoTexts[visit.voice].index;
  return {
    kind: 'page',
    title: t.title,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body">${t.intro}</p>
<h2 class="govuk-heading-m">${t.steps}</h2>
<ol class="govuk-list govuk-list--number govuk-list--spaced">
<li>${link(demoPaths.people, t.choose)}${reason(visit, t.chooseWhy)}</li>
<li>${link(paths.home, t.open)} ${t.openWhy}</li>
<li>${link(demoPaths.mails, t.read)} ${t.readWhy}</li>
<li>${link(demoPaths.clock, t.move)} ${t.moveWhy}</li>
</ol>
${
  simulatorUrl !== null &&
  html`<h2 class="govuk-heading-m">FranceConnect</h2>
<p class="govuk-body">${t.simulatorWhy} ${link(simulatorUrl, t.simulator)}</p>`
}
<h2 class="govuk-heading-m">${t.channels}</h2>
<ul class="govuk-list govuk-list--bullet">
<li>${link(demoPaths.sms, t.sms)}</li>
<li>${link(demoPaths.letters, t.letters)}</li>
</ul>
<h2 class="govuk-heading-m">${t.programs}</h2>
<p class="govuk-body">${t.programsWhy}</p>
<h2 class="govuk-heading-m">${t.look}</h2>
<p class="govuk-body">${t.lookWhy} ${link(demoPaths.components, t.components)}</p>`,
  };
}

function reason({ language }: Visit, text: string): string {
  return language === 'fr' ? `\u00a0: ${text}` : `, ${text}`;
}

export function link(href: string, text: string): Html {
  return html`<a class="govuk-link" href="${href}">${text}</a>`;
}
