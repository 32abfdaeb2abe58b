import { demoPaths } from '#src/demo/demo.ts';
import { demoTexts } from '#src/demo/texts.ts';
import type { DemoPerson } from '#src/fictitious/demo-register.ts';
import { paths } from '#src/paths.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The start page of the demo: what it is, and what to try in which order. */
export function demoIndexPage(
  visit: Visit,
  {
    first,
    simulatorUrl,
    isHere,
  }: {
    readonly first: DemoPerson | null;
    readonly simulatorUrl: string | null;
    /** Whether the visitor sits at the machine of the demo, where a workshop can be started. */
    readonly isHere: boolean;
  },
): PageAnswer {
  const { index: t, people: ofPeople } = demoTexts[visit.voice];
  return {
    kind: 'page',
    title: t.title,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body">${t.intro}</p>
${played(visit)}
${first && !visit.demo?.person && form(visit, { action: demoPaths.people, body: html`<input type="hidden" name="cle" value="${first.cle}">${button({ text: t.startWith(fullName(first)) })}` })}
<h2 class="govuk-heading-m">${t.steps}</h2>
<ol class="govuk-list govuk-list--number govuk-list--spaced">
<li>${link(demoPaths.people, t.choose)}. ${t.chooseWhy(ofPeople.play)}</li>
<li>${t.open}</li>
<li>${t.wait} ${link(demoPaths.mails, t.read)}. ${t.readWhy}</li>
<li>${link(paths.signIn, t.signIn)}. ${t.signInWhy}</li>
<li>${link(demoPaths.clock, t.move)}. ${t.moveWhy}</li>
</ol>
<h2 class="govuk-heading-m">${t.channels}</h2>
<ul class="govuk-list govuk-list--bullet">
<li>${link(demoPaths.sms, t.sms)}</li>
<li>${link(demoPaths.letters, t.letters)}</li>
</ul>
${
  simulatorUrl !== null &&
  html`<h2 class="govuk-heading-m">FranceConnect</h2>
<p class="govuk-body">${t.simulatorWhy} ${link(simulatorUrl, t.simulator)}</p>`
}
<h2 class="govuk-heading-m">${t.programs}</h2>
<p class="govuk-body">${t.programsWhy}</p>
${
  isHere &&
  html`<h2 class="govuk-heading-m">${t.workshop}</h2>
<p class="govuk-body">${t.workshopWhy}</p>
<p class="govuk-body"><code>npm run atelier -- --port 3100</code></p>
<p class="govuk-body">${t.workshopMore}</p>`
}
<h2 class="govuk-heading-m">${t.look}</h2>
<p class="govuk-body">${t.lookWhy} ${link(demoPaths.components, t.components)}</p>`,
  };
}

/** Whom the visitor plays, with a button to stop; nothing when they play nobody. */
export function played(visit: Visit): Html | null {
  const name = visit.demo?.person ?? null;
  const t = demoTexts[visit.voice].people;
  if (name === null) return null;
  const stop = button({ text: t.stopPlaying, style: 'secondary' });
  return insetText(
    html`<p class="govuk-body">${t.played(name)}</p>${form(visit, { action: demoPaths.people, body: html`<input type="hidden" name="cle" value="">${stop}` })}`,
  );
}

function fullName({ line }: DemoPerson): string {
  return [line.givenNames[0], line.birthName].filter(Boolean).join(' ');
}

export function link(href: string, text: string): Html {
  return html`<a class="govuk-link" href="${href}">${text}</a>`;
}
