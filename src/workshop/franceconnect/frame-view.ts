import { hash } from 'node:crypto';
import { stylesheet as usual } from '#src/demo/franceconnect/frame.ts';
import type { Language } from '#src/texts/language.ts';
import { type Child, html } from '#src/web/html.ts';
import { franceConnectTexts } from '#src/workshop/franceconnect/texts.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** How a visitor reads the pages of FranceConnect, and where its files are. */
export interface Reading {
  readonly language: Language;
  readonly contrast: boolean;
  /** Where the provider of the class begins. */
  readonly prefix: string;
}

export const stylesheetName = 'franceconnect.css';

const dark = `
body { background: #14101a; color: #f2eef5 }
a { color: #d8b8f0 }
.hint { color: #cfc6d6 }
input { background: #14101a; border-color: #f2eef5 }
button.secondary { background: #14101a; color: #d8b8f0; border-color: #d8b8f0 }
.error { border-color: #ff9aa0 }
.note { border-color: #d8b8f0 }
a:focus-visible, button:focus-visible, input:focus-visible { outline-color: #ffb35c }
`;

const contrasted = `
body { background: #fff; color: #000 }
header, button.primary { background: #000; color: #fff; border-color: #000 }
a, button.secondary, .hint { color: #000 }
button.secondary, input { background: #fff; border-color: #000; color: #000 }
.error, .note { border-color: #000 }
`;

/** Rules that hold for the pages of who chose more contrast. */
const chosen = contrasted.replaceAll(/^(?=\S)/gm, '.contraste ').replaceAll(/, (?=[a-z.])/g, ', .contraste ');

export const stylesheet = `:root { color-scheme: light dark }
${usual}
header a { color: #fff }
.aside { margin-top: 1.5rem }
.aside dt { margin-top: .5rem }
.aside dd { font-size: 1.25rem; overflow-wrap: anywhere }
@media (prefers-color-scheme: dark) {${dark}}
@media (prefers-contrast: more) {${contrasted}}
.contraste { color-scheme: light }
${chosen}`;

const integrity = `sha384-${hash('sha384', stylesheet, 'base64')}`;

/** A page of the provider of a class: of a look of its own, as another site has, and said to be an exercise. */
export function franceConnectFrame(
  { language, contrast, prefix }: Reading,
  {
    title,
    body,
    refused = false,
  }: { readonly title: string; readonly body: Child; readonly refused?: boolean },
): string {
  const t = franceConnectTexts[language];
  return html`<!DOCTYPE html>
<html lang="${language}"${contrast && html` class="contraste"`}>
<head>
<meta charset="utf-8">
<title>${refused && t.refused}${title} – ${t.site}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="${prefix}/${stylesheetName}" integrity="${integrity}">
</head>
<body>
<a class="skip" href="#contenu">${t.skip}</a>
<header><p><strong>${t.exercise}</strong> ${t.imitation} <a href="${workshopPaths.seat}">${t.desk}</a></p></header>
<main id="contenu" tabindex="-1">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.toString();
}
