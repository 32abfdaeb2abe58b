import { hash } from 'node:crypto';
import { type Child, type Html, html } from '#src/web/html.ts';

export const stylesheetPath = '/simulateur.css';

/** A page of the simulator: in a style of its own, and labelled as a simulator. */
export function frame(title: string, body: Child, { refused = false } = {}): string {
  return html`<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>${refused && 'Erreur\u00a0: '}${title} – Simulateur de FranceConnect</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="${stylesheetPath}" integrity="${integrity}">
</head>
<body>
<a class="skip" href="#contenu">Aller au contenu</a>
<header><p><strong>Simulateur de FranceConnect</strong>\u00a0: aucun vrai service. Toutes les personnes sont inventées.</p></header>
<main id="contenu" tabindex="-1">
<h1>${title}</h1>
${body}
</main>
<footer><p><a href="/">Régler le simulateur</a></p></footer>
</body>
</html>
`.toString();
}

/** A form with one button and hidden fields. */
export function buttonForm(
  action: string,
  sent: Readonly<Record<string, string>>,
  text: Child,
  style: 'primary' | 'secondary' = 'primary',
): Html {
  return html`<form method="post" action="${action}">${hidden(sent)}<button type="submit" class="${style}">${text}</button></form>`;
}

export function hidden(sent: Readonly<Record<string, string>>): Html[] {
  return Object.entries(sent).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
}

/** Nothing but this stylesheet is loaded; forms lead here, and from here back to the service. */
export function contentSecurityPolicy(clientOrigins: readonly string[]): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    `form-action 'self' ${clientOrigins.join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export const stylesheet = `
* { box-sizing: border-box }
body { margin: 0; font: 1.0625rem/1.5 Verdana, "DejaVu Sans", sans-serif; color: #1b1b1b; background: #fff }
header { background: #4b2a63; color: #fff; padding: .5rem 1rem }
header p { max-width: 46rem; margin: 0 auto }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
main:focus { outline: none }
footer { border-top: 1px solid #767676; padding: .5rem 1rem; margin-top: 2rem }
footer p { max-width: 46rem; margin: 0 auto }
h1 { font-size: 1.75rem; line-height: 1.2 }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem }
a { color: #4b2a63 }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline: 3px solid #c24f00; outline-offset: 2px }
label { display: block; font-weight: bold; margin-top: 1rem }
.hint { margin: 0; color: #555 }
input, select { display: block; font: inherit; width: 100%; max-width: 30rem; padding: .5rem; border: 2px solid #1b1b1b; border-radius: 0; background: #fff; color: inherit }
button { font: inherit; min-height: 2.75rem; padding: .5rem 1rem; margin: .75rem .5rem 0 0; border: 2px solid #4b2a63; cursor: pointer }
button.primary { background: #4b2a63; color: #fff }
button.secondary { background: #fff; color: #4b2a63 }
.people { list-style: none; padding: 0; margin: 0 }
.people li { border-top: 1px solid #b0b0b0; padding: .75rem 0 }
.people p { margin: 0 }
.people button { margin-top: .5rem }
.error { border: 3px solid #b3000c; padding: .5rem 1rem }
.note { border-left: .5rem solid #4b2a63; padding: .25rem 1rem }
dl { margin: 1rem 0 }
dt { font-weight: bold }
dd { margin: 0 0 .75rem }
.skip { position: absolute; left: -100rem }
.skip:focus { position: static; display: block; padding: .5rem 1rem }
`;

const integrity = `sha384-${hash('sha384', stylesheet, 'base64')}`;
