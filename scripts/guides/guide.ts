import { catalogue } from '#src/texts/language.ts';
import { type Html, html, trusted } from '#src/web/html.ts';
import { captionOf } from '../../test/walks/captions.ts';
import type { Walked, WalkedStep } from '../../test/walks/walk.ts';

const texts = catalogue({
  fr: {
    lead: (steps: number) => `Pas à pas illustré, en ${steps} étapes.`,
    fictitious:
      'La personne, les numéros et les adresses de ce guide sont inventés. Ce service n’est pas affilié à l’Assurance Maladie.',
    policy: (name: string, version: string) => `Préréglage « ${name} », conditions de ${version}.`,
    contents: 'Les étapes',
    see: 'Vous voyez',
    does: 'Que faire',
    tip: 'Bon à savoir',
    picture: (heading: string) =>
      `Capture d’écran de la page « ${heading} », remplie avec des données inventées.`,
    step: (number: number) => `Étape ${number}`,
  },
  en: {
    lead: (steps: number) => `Illustrated step by step, in ${steps} steps.`,
    fictitious:
      'The person, the numbers and the addresses of this guide are invented. This service is not affiliated with the Assurance Maladie.',
    policy: (name: string, version: string) => `Preset “${name}”, terms of ${version}.`,
    contents: 'The steps',
    see: 'What you see',
    does: 'What to do',
    tip: 'Good to know',
    picture: (heading: string) => `Screenshot of the page “${heading}”, filled in with invented data.`,
    step: (number: number) => `Step ${number}`,
  },
});

const style = trusted(`
  :root { color-scheme: light; }
  body { font: 1.0625rem/1.5 "Open Sans", Arial, sans-serif; color: #1b1f23; max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
  h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; }
  h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .75rem; color: #0b4f5c; }
  h3 { font-size: 1rem; margin: 0 0 .25rem; }
  p, ul { margin: 0 0 .75rem; }
  a { color: #0b4f5c; }
  section { border-top: 2px solid #c9d3d6; padding-top: 1.25rem; margin-top: 1.75rem; }
  .step { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.5fr); gap: 1.5rem; align-items: start; }
  figure { margin: 0; }
  img { display: block; max-width: 100%; height: auto; border: 1px solid #8c989c; }
  .tip { background: #eef4f5; border-left: 4px solid #0b4f5c; padding: .6rem .9rem; }
  .note { font-size: .9375rem; color: #45515a; }
  @media (max-width: 45rem) { .step { grid-template-columns: minmax(0, 1fr); } }
  @media print {
    @page { size: A4; margin: 14mm 14mm 16mm; }
    body { font-size: 10.5pt; max-width: none; padding: 0; }
    section { break-inside: avoid; }
    img { max-height: 225mm; width: auto; }
  }
`);

/** A guide as one page: each step with what the person sees and does, a screenshot and a tip. */
export function guideDocument({ tutorial, policy, language, steps }: Walked): string {
  const t = texts[language];
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${tutorial.name[language]} – ${policy.serviceName}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${style}</style>
</head>
<body>
<header>
<h1>${tutorial.name[language]}</h1>
<p>${t.lead(steps.length)}</p>
<p class="note">${t.fictitious} ${t.policy(policy.name, policy.terms.version)}</p>
</header>
<nav aria-label="${t.contents}"><ol>${steps.map(({ heading }, index) => html`<li><a href="#etape-${index + 1}">${heading}</a></li>`)}</ol></nav>
<main>${steps.map((step, index) => section({ policy, language }, step, index + 1))}</main>
</body>
</html>
`.toString();
}

function section(
  { policy, language }: Pick<Walked, 'policy' | 'language'>,
  { step, heading, pictures }: WalkedStep,
  number: number,
): Html {
  const t = texts[language];
  const { see, does, tip } = captionOf(step, policy, language);
  return html`<section id="etape-${number}" aria-labelledby="titre-${number}">
<h2 id="titre-${number}">${t.step(number)}. ${heading}</h2>
<div class="step">
<div>
<h3>${t.see}</h3>
<p>${see}</p>
<h3>${t.does}</h3>
<ul>${does.map((text) => html`<li>${text}</li>`)}</ul>
${tip && html`<div class="tip"><h3>${t.tip}</h3><p>${tip}</p></div>`}
</div>
<figure><img src="${pictures[1280]}" alt="${t.picture(heading)}"></figure>
</div>
</section>
`;
}
