import { common } from '#src/texts/common.ts';
import { markFrenchWords } from '#src/texts/french-words.ts';
import { withSpokenMasks } from '#src/texts/spoken-masks.ts';
import { formatHour } from '#src/texts/typography.ts';
import { unfold } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { csrfField, form } from '#src/web/components/form.ts';
import { backLink, skipLink, telephoneLink } from '#src/web/components/links.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import { assetIntegrity, assetUrl } from '#src/web/http/assets.ts';
import type { Beside } from '#src/web/page.ts';
import { withPasswordWord } from '#src/web/password-word.ts';
import type { Visit } from '#src/web/visit.ts';

export interface PageOptions {
  /** The purpose of the page: its `h1` has the same text. */
  readonly title: string;
  readonly body: Child;
  /** The title starts with «Erreur :» when the form was refused, with «C’est fait :» when the page says what was done. */
  readonly state?: 'refused' | 'done' | undefined;
  readonly back?: { readonly href: string; readonly text?: string } | undefined;
  /** For tables: as wide as the frame rather than as a line of text. */
  readonly wide?: boolean | undefined;
  readonly beside?: Beside | undefined;
}

/** Colour of the browser’s own interface around the site. */
export const themeColour = '#0b5a66';

/** A complete HTML document. */
export function page(visit: Visit, { title, body, state, back, wide = false, beside }: PageOptions): string {
  const texts = common[visit.voice];
  const heading = state ? texts.titles[state](title) : title;
  const document = html`<!DOCTYPE html>
<html lang="${visit.language}" class="govuk-template${visit.contrast && ' contraste'}">
<head>
<meta charset="utf-8">
<title>${heading} – ${visit.serviceName}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${visit.path !== '/' && html`<meta name="robots" content="noindex">`}
<link rel="stylesheet" href="${assetUrl('app.css')}" integrity="${assetIntegrity('app.css')}">
<link rel="icon" href="${assetUrl('icon.svg')}" type="image/svg+xml">
<link rel="manifest" href="/manifest.webmanifest">
<link rel="apple-touch-icon" href="/apple-touch-icon.png">
<meta name="theme-color" content="${themeColour}">
<script type="module" src="${assetUrl('app.js')}" integrity="${assetIntegrity('app.js')}"></script>
</head>
<body class="govuk-template__body" data-sending="${texts.sending}">
${skipLink(visit, '#contenu')}
${visit.demo && demoBanner(visit)}
${header(visit)}
<div class="frame page-frame">
<main id="contenu" tabindex="-1"><div class="${wide ? 'page page--wide' : 'page'}">
${back && backLink(visit, back.href, back.text)}
${body}
</div></main>
${beside && html`<aside class="beside" aria-label="${beside.label}">${beside.content}</aside>`}
${visit.sessionEndsAt && sessionEnd(visit, visit.sessionEndsAt)}
</div>
${footer(visit)}
</body>
</html>
`;
  return readAloud(visit, withPasswordWord(visit, document.toString()));
}

/** The document with what screen readers need of its texts: masked values in words, French terms marked as such. */
function readAloud({ language }: Pick<Visit, 'language'>, document: string): string {
  const spoken = withSpokenMasks(document, language);
  return language === 'en' ? markFrenchWords(spoken) : spoken;
}

/** «Étape 1 sur 3», above the title. */
export function stepProgress(visit: Visit, current: number, total: number): Html {
  return html`<p class="step">${common[visit.voice].step(current, total)}</p>`;
}

function demoBanner(visit: Visit): Html {
  const texts = common[visit.voice];
  return html`<aside class="demo-banner" aria-label="${texts.demoRegion}"><p class="frame">${texts.demoShort} <a href="/demo">${texts.demoLink}</a></p></aside>`;
}

function header(visit: Visit): Html {
  const texts = common[visit.voice];
  const other = visit.language === 'fr' ? { code: 'en', name: 'English' } : { code: 'fr', name: 'Français' };
  const contrast = visit.contrast
    ? { value: 'non', text: texts.standard }
    : { value: 'oui', text: texts.contrasted };
  const account = visit.signedIn
    ? { href: '/mon-compte', text: texts.myAccount }
    : { href: '/connexion', text: texts.signIn };
  return html`<header class="service-header"><div class="frame">
<a class="service-name" href="/">${visit.serviceName}</a>
<nav aria-label="${texts.account}"><ul><li><a href="${account.href}">${account.text}</a></li></ul></nav>
${unfold(
  texts.menu,
  html`${visit.signedIn && form(visit, { action: '/deconnexion', body: html`<button type="submit">${texts.signOut}</button>` })}
${visit.caisse && html`<p class="caisse">${texts.yourCaisse} <strong>${visit.caisse.name}</strong> <a href="/caisse" aria-label="${texts.changeCaisse}">${texts.change}</a></p>`}
<nav aria-label="${texts.preferences}"><ul><li><a href="${visit.path}?lang=${other.code}" lang="${other.code}" hreflang="${other.code}" rel="nofollow">${other.name}</a></li>
<li><a href="${visit.path}?contraste=${contrast.value}" rel="nofollow">${contrast.text}</a></li></ul></nav>`,
)}
</div></header>`;
}

function sessionEnd(visit: Visit, end: Date): Html {
  const texts = common[visit.voice];
  const time = formatHour(end, visit.voice);
  const seconds = Math.max(0, Math.floor((end.getTime() - visit.now.getTime()) / 1000));
  return html`<section class="session-end" aria-label="${texts.session}" data-session-seconds="${seconds}" data-warn="${visit.warningSeconds}" data-soon="${texts.sessionSoon}" data-over="${texts.sessionOver}" data-extended="${texts.sessionExtended}"><p data-session-text>${texts.sessionEnds(time)}</p><p hidden>${texts.sessionLeft} <strong data-session-left></strong></p><form method="post" action="/session/prolonger" data-session-form hidden>${csrfField(visit)}${button({ text: texts.sessionExtend, style: 'secondary' })}</form><p class="govuk-visually-hidden" role="status" data-session-status></p></section>`;
}

function footer(visit: Visit): Html {
  const texts = common[visit.voice];
  const links = [
    { href: '/mentions-legales', text: texts.legal },
    { href: '/aide', text: texts.helpPage },
    { href: '/accessibilite', text: texts.accessibility[visit.conformity] },
    { href: '/securite', text: texts.security },
    { href: '/donnees-personnelles', text: texts.privacy },
    { href: '/plan-du-site', text: texts.siteMap },
  ];
  const relay = visit.supportRelay;
  return html`<footer class="service-footer"><div class="frame"><div><p>${texts.help} <strong class="unbroken">${telephoneLink(visit.supportTelephone)}.</strong> <a href="/aide#sans-telephone">${texts.withoutTelephone}</a></p>${
    relay && html`<p><a href="${relay.address}">${texts.relay(relay.name)}</a></p>`
  }${visit.demo && html`<p>${texts.demo}</p>`}</div><nav aria-label="${texts.footer}"><ul>${links.map(
    ({ href, text }) => html`<li><a href="${href}">${text}</a></li>\n`,
  )}</ul></nav></div></footer>`;
}
