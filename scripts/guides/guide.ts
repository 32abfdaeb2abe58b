import { catalogue } from '#src/texts/language.ts';
import { type Html, html } from '#src/web/html.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import type { Pictured } from './marks.ts';
import type { Picture, PicturedPage } from './picture.ts';
import { style } from './style.ts';
import type { GuideTexts, Publisher, Remark, StepText } from './text.ts';
import type { WalkedGuide } from './walk-guide.ts';

const texts = catalogue<GuideTexts>({ fr: french, en: english });

/** How much smaller than on the screen a picture is printed: 360 pixels are 75 mm, their text 9.5 points or more. */
const scale = 0.79;

/** The guide of a walk, as one page that holds its pictures. */
export function guideDocument(walked: WalkedGuide, publisher: Publisher): string {
  const { tutorial, policy, language, screen } = walked;
  const t = texts[language];
  const chapters = chaptersOf(walked, publisher);
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${tutorial.name[language]} – ${policy.serviceName}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${style}</style>
</head>
<body class="${screen}">
<header>
${publisher.logo && html`<img class="logo" src="${publisher.logo}" alt="${t.logo(publisher.name ?? '')}">`}
<h1>${tutorial.name[language]}</h1>
<p class="lead">${t.lead}</p>
${publisherBlock(t, publisher)}
<p class="note">${t.invented}</p>
</header>
<main>
<section class="box" aria-labelledby="adresse"><h2 id="adresse">${t.toOpen}</h2>
${publisher.site ? html`<p class="address"><a href="${publisher.site}">${publisher.site.replace(/^https?:\/\//, '')}</a></p>` : blank}
<p>${t.toOpenHow}</p></section>
<section class="box" aria-labelledby="preparer"><h2 id="preparer">${t.prepareTitle}</h2>
<ul class="boxes">${t.prepare.map((text) => html`<li>${text}</li>`)}</ul></section>
<section class="box" aria-labelledby="choisir"><h2 id="choisir">${t.waysTitle}</h2>
<ul>${t.ways.map((text) => html`<li>${text}</li>`)}</ul></section>
<nav aria-labelledby="sommaire"><h2 id="sommaire">${t.contents}</h2>
<ol>${chapters.map(
    ({ id, title, steps }) =>
      html`<li><a href="#${id}">${title}</a>${
        steps.length > 0 &&
        html`<ul>${steps.map((step) => html`<li><a href="#${step.id}">${step.title}</a></li>`)}</ul>`
      }</li>`,
  )}</ol></nav>
${chapters.map(
  ({ id, title, lead, steps }) => html`<section class="chapter" aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<p class="lead">${lead}</p>
${steps.map(({ body }) => body)}
</section>
`,
)}</main>
</body>
</html>
`.toString();
}

interface Step {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly steps: readonly Step[];
}

function chaptersOf({ pages, policy, language }: WalkedGuide, publisher: Publisher): readonly Chapter[] {
  const t = texts[language];
  const step = (pictured: Pictured): Step[] => {
    const page = pages[pictured];
    return page ? [pageStep(t, pictured, t.steps[pictured](policy), page)] : [];
  };
  const remark = (id: string, { title, lines }: Remark): Step => ({
    id,
    title,
    body: html`<section class="step remark" aria-labelledby="${id}"><h3 id="${id}">${title}</h3>
<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></section>
`,
  });
  const { begin, card, franceconnect, code, finish, trouble } = t.chapters;
  const help = [publisher.name, publisher.contact].filter((one) => one !== undefined).join(', ');
  return [
    { id: 'commencer', ...begin, steps: step('home') },
    {
      id: 'carte',
      ...card,
      title: t.way(1, card.title),
      steps: (['identity', 'proof', 'card'] as const).flatMap(step),
    },
    {
      id: 'franceconnect',
      ...franceconnect,
      title: t.way(2, franceconnect.title),
      steps: [...step('franceconnect'), remark('chez-franceconnect', t.atFranceConnect)],
    },
    {
      id: 'code',
      ...code,
      title: t.way(3, code.title),
      steps: [
        ...(['no-serial', 'other-ways', 'code'] as const).flatMap(step),
        remark('lettre', t.withLetter(policy)),
      ],
    },
    {
      id: 'finir',
      ...finish,
      steps: (
        [
          'terms',
          'password',
          'contact',
          'telephones',
          'waiting',
          'mail',
          'link',
          'confirmed',
          'sign-in',
          'account',
        ] as const
      ).flatMap(step),
    },
    {
      id: 'probleme',
      ...trouble,
      lead: help === '' ? trouble.lead : `${trouble.lead} ${t.askUs(help)}`,
      steps: [
        ...(['identity-refused', 'proof-refused', 'link-dead'] as const).flatMap(step),
        ...t.trouble(policy).map((one, index) => remark(`probleme-${index + 1}`, one)),
      ],
    },
  ];
}

function publisherBlock(t: GuideTexts, publisher: Publisher): Html {
  const fields = ['name', 'address', 'contact'] as const;
  return html`<section class="publisher" aria-labelledby="remis"><h2 id="remis">${t.publisher}</h2>
<dl>${fields.map((field) => html`<div><dt>${t.fields[field]}</dt><dd>${publisher[field] ?? blank}</dd></div>`)}</dl></section>`;
}

/** Where something is written by hand. */
const blank = html`<span class="blank"></span>`;

function pageStep(t: GuideTexts, pictured: Pictured, text: StepText, page: PicturedPage): Step {
  const id = `etape-${pictured}`;
  const [first, ...more] = page.pictures.map((picture) => row(t, text, page.heading, picture));
  return {
    id,
    title: text.title,
    body: html`<section class="step" aria-labelledby="${id}">
<div class="keep"><h3 id="${id}">${text.title}</h3>
${text.see && html`<p>${text.see}</p>`}
${first}</div>
${more}
${text.conditions && text.conditions.length > 0 && html`<ul class="conditions">${text.conditions.map(condition)}</ul>`}
${text.tip && html`<p class="tip"><strong>${t.tip}</strong> ${text.tip}</p>`}
</section>
`,
  };
}

/** «Si …» stands out, for readers who look for their own case. */
function condition(text: string): Html {
  const [when, then] = text.split(/(?<=:)\s/, 2);
  return then === undefined ? html`<li>${text}</li>` : html`<li><strong>${when}</strong> ${then}</li>`;
}

/** A picture and what to do there, each instruction with the number that it has on the picture. */
function row(t: GuideTexts, { does }: StepText, heading: string, picture: Picture): Html {
  const items = picture.marks.map(({ name, number, label }) => {
    const instruction = does[name];
    if (instruction === undefined) throw new Error(`The guide says nothing of ${name} on «${heading}»`);
    const text = typeof instruction === 'string' ? instruction : instruction(label);
    return html`<li><span class="mark">${number}</span> <span>${text}</span></li>`;
  });
  const alt = t.picture(heading, picture.marks.map(({ number, label }) => t.mark(number, label)).join(' '));
  const source = `data:image/png;base64,${picture.png.toString('base64')}`;
  return html`<div class="row"><ol class="does">${items}</ol>
<figure><img src="${source}" width="${Math.round(picture.width * scale)}" height="${Math.round(picture.height * scale)}" alt="${alt}"></figure></div>
`;
}
