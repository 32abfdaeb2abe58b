import { maskNir } from '#src/civil-status/nir.ts';
import type { Answers } from '#src/journey/answers.ts';
import { stepRules } from '#src/journey/journey.ts';
import { progressTexts } from '#src/page-parts/progress/texts.ts';
import { paths } from '#src/paths.ts';
import { unfold } from '#src/web/components/asides.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { Beside } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

const stages = ['identity', 'proof', 'terms', 'password', 'contact', 'confirmation'] as const;
type Stage = (typeof stages)[number];

/** Beside a page of the journey: its steps, and what the person has given, masked. */
export function progress(visit: Visit, current: Stage, answers: Answers | null = null): Beside {
  const t = progressTexts[visit.voice];
  return {
    label: t.label,
    content: unfold(
      t.label,
      html`${steps(visit, current, answers)}${
        answers?.identity.typed && current !== 'proof' && given(visit, answers.identity)
      }`,
    ),
  };
}

/** A step that is done and may be done again is a link. */
function steps({ voice }: Visit, current: Stage, answers: Answers | null): Html {
  const t = progressTexts[voice];
  const now = stages.indexOf(current);
  const items = stages.map((stage, index) => {
    const name = t.steps[stage];
    if (index === now) return html`<li aria-current="step">${name}</li>`;
    if (index > now) return html`<li>${name}</li>`;
    const again = (stage === 'terms' || stage === 'password') && answers && stepRules[stage].open(answers);
    const text = again ? html`<a class="govuk-link" href="${stepRules[stage].path}">${name}</a>` : name;
    return html`<li class="done"><span class="govuk-visually-hidden">${t.done}</span> ${text}</li>`;
  });
  return html`<nav class="steps" aria-label="${t.nav}"><ol>${items}</ol></nav>`;
}

function given({ voice }: Visit, { name, nir, postalCode }: Answers['identity']): Html {
  const t = progressTexts[voice];
  const row = (key: string, value: Child) => html`<dt>${key}</dt><dd>${value}</dd>`;
  return html`<h2 class="govuk-heading-s">${t.given}</h2><dl>${row(t.name, name)}${row(t.nir, maskNir(nir))}${row(t.postalCode, postalCode)}</dl><a class="govuk-link" href="${paths.identity}">${t.change} <span class="govuk-visually-hidden">${t.changeWhat}</span></a>`;
}
