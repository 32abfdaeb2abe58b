import { paths } from '#src/paths.ts';
import { common } from '#src/texts/common.ts';
import { markFrenchWords } from '#src/texts/french-words.ts';
import { isPlain } from '#src/texts/language.ts';
import { withSpokenMasks } from '#src/texts/spoken-masks.ts';
import { formatTime } from '#src/texts/typography.ts';
import { insetText, unfold } from '#src/web/components/asides.ts';
import { type Attributes, attributes } from '#src/web/components/attributes.ts';
import { form } from '#src/web/components/form.ts';
import { backLink, outsideLink, skipLink, telephoneLink } from '#src/web/components/links.ts';
import { type TypedForm, withTypedForm } from '#src/web/forms/typed-form.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import { assetIntegrity, assetUrl } from '#src/web/http/assets.ts';
import type { Beside } from '#src/web/page.ts';
import { withPasswordWord } from '#src/web/password-word.ts';
import { sessionBox } from '#src/web/session/box.ts';
import type { DemoInVisit, Visit } from '#src/web/visit.ts';

export interface PageOptions {
  /** The purpose of the page: its `h1` has the same text. */
  readonly title: string;
  readonly body: Child;
  /** The title starts with «Erreur :» when the form was refused, with «C’est fait :» when the page says what was done. */
  readonly state?: 'refused' | 'done' | undefined;
  readonly back?: { readonly href: string; readonly text?: string } | undefined;
  /** A script of the site’s own, besides the one of every page. */
  readonly script?: { readonly url: string; readonly integrity: string } | undefined;
  /** For tables: as wide as the frame rather than as a line of text. */
  readonly wide?: boolean | undefined;
  readonly beside?: Beside | undefined;
  /** Nothing of the service around it: no account, no menu of its pages. */
  readonly bare?: boolean | undefined;
  /** How soon a browser without scripts asks again. */
  readonly refreshSeconds?: number | undefined;
  /** The page is in this language for everybody: none is offered. */
  readonly isOneLanguage?: boolean | undefined;
  /** What a GET form asked for. */
  readonly asked?: URLSearchParams | undefined;
}

/** Colour of the browser’s own interface around the site. */
export const themeColour = '#0b5a66';

/** A complete HTML document. */
export function page(
  visit: Visit,
  {
    title,
    body,
    state,
    back,
    wide = false,
    beside,
    script,
    asked,
    refreshSeconds,
    bare = false,
    isOneLanguage = false,
  }: PageOptions,
): string {
  const texts = common[visit.voice];
  const heading = state ? texts.titles[state](title) : title;
  /** A mail of an exercise has it in its subject already. */
  const mark = visit.demo ? texts.invented[visit.demo.kind].title : '';
  const { body: content, typed } = withTypedForm(body);
  const document = html`<!DOCTYPE html>
<html lang="${visit.language}"${attributes({ class: visit.contrast && 'contraste', 'data-voice': isPlain(visit.voice) && visit.voice })}>
<head>
<meta charset="utf-8">
<title>${!heading.startsWith(mark) && mark}${heading} – ${visit.serviceName}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${
    visit.path !== '/' && html`<meta name="robots" content="noindex">`
  }${refreshSeconds !== undefined && html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}"></noscript>`}
<link rel="stylesheet" href="${assetUrl('app.css')}" integrity="${assetIntegrity('app.css')}">${
    visit.demo?.kind === 'exercise' &&
    html`<link rel="stylesheet" href="${assetUrl('exercise.css')}" integrity="${assetIntegrity('exercise.css')}">`
  }
<link rel="icon" href="${assetUrl('icon.svg')}">
<link rel="manifest" href="/manifest.webmanifest">
<meta name="theme-color" content="${themeColour}">
<script type="module" src="${assetUrl('app.js')}" integrity="${assetIntegrity('app.js')}"></script>${
    (visit.sessionEnding || (typed && visit.path !== paths.home)) &&
    html`<script type="module" src="${assetUrl('session.js')}" integrity="${assetIntegrity('session.js')}"></script>`
  }${script && html`<script type="module" src="${script.url}" integrity="${script.integrity}"></script>`}
</head>
<body>
${skipLink(visit, '#contenu')}${visit.demo && demoBanner(visit, visit.demo, bare)}
${header(visit, { bare, typed, asked, isOneLanguage })}
<div class="frame page-frame">
<main id="contenu" tabindex="-1"${attributes({ 'data-typed': typed !== null })}><div class="${wide ? 'page page--wide' : 'page'}">${back && backLink(visit, back.href, back.text)}${visit.isCopy && insetText(html`<p><strong>${texts.seenAt(formatTime(visit.now, visit.voice))}</strong><br>${texts.seenThen}</p>`)}
${content}
</div></main>${beside && html`<aside class="beside" aria-label="${beside.label}">${beside.content}</aside>`}${
    visit.sessionEndsAt && visit.sessionEnding && sessionBox(visit, visit.sessionEndsAt, visit.sessionEnding)
  }
</div>
${footer(visit, bare)}
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

function demoBanner(visit: Visit, demo: DemoInVisit, bare: boolean): Html {
  const { kind, home, trays, praise, person, papers } = demo;
  const texts = common[visit.voice];
  const words = texts.invented[kind];
  const unread = (['email', 'sms', 'letter'] as const).filter((tray) => trays[tray].unread > 0);
  const [only, another] = unread;
  const count = unread.reduce((sum, tray) => sum + trays[tray].unread, 0);
  // One line on a telephone: to the tray where there is one, to all of them where there are several.
  const to =
    only &&
    (another
      ? html` <a href="${home}">${texts.demoUnread.several(count)}</a>`
      : html` <a href="${trays[only].path}">${texts.demoUnread[only](count)}</a>`);
  return html`<aside class="demo-banner" aria-label="${words.region}"><p class="frame">${words.short}${!bare && html` <a href="${home}">${words.link}</a>`}${praise !== null && html` <a href="${praise}">${texts.demoPraise}</a>`}${to}${person !== null && html` <span class="demo-person">${texts.demoPerson(person)}</span>`}</p>${papers.length > 0 && demoPapers(visit, papers)}</aside>`;
}

/** What somebody who learns copies into the form below, without leaving it. */
function demoPapers({ voice }: Visit, papers: DemoInVisit['papers']): Html {
  const { title, ...labels } = common[voice].papers;
  return html`<details class="demo-papers frame"><summary>${title}</summary><dl>${papers.map(({ what, value }) => html`<div><dt>${labels[what]}</dt><dd>${value}</dd></div>`)}</dl></details>`;
}

type Around = Pick<PageOptions, 'asked' | 'bare' | 'isOneLanguage'> & { readonly typed: TypedForm | null };

function header(visit: Visit, around: Around): Html {
  const { bare } = around;
  const texts = common[visit.voice];
  const account = visit.signedIn
    ? { href: '/mon-compte', text: texts.myAccount }
    : { href: '/connexion', text: texts.signIn };
  return html`<header class="service-header"><div class="frame">
<a class="service-name" href="/">${visit.serviceName}</a>
${!bare && html`<nav aria-label="${texts.account}"><ul><li><a href="${account.href}">${account.text}</a></li></ul></nav>`}
${
  !visit.isCopy &&
  unfold(
    texts.menu,
    html`${visit.signedIn && form(visit, { action: '/deconnexion', body: html`<button type="submit">${texts.signOut}</button>` })}
${visit.caisse && html`<p class="caisse">${texts.yourCaisse} <strong>${visit.caisse.name}</strong> <a href="/caisse" aria-label="${texts.changeCaisse}">${texts.change}</a></p>`}
${preferences(visit, around)}`,
  )
}
</div></header>`;
}

/**
 * Language and contrast. Where something is typed it stays: the script sends it with the choice, or changes the contrast
 * in place; without scripts the choices are buttons of the form. A browser sends a form by its first button when Enter is
 * pressed in a field, so that the first one is an ordinary one, which nobody sees. `hidden` would not do: Safari
 * passes over a button that is not drawn.
 */
function preferences(visit: Visit, { typed, asked = new URLSearchParams(), isOneLanguage }: Around): Html {
  const texts = common[visit.voice];
  const other = visit.language === 'fr' ? { code: 'en', name: 'English' } : { code: 'fr', name: 'Français' };
  const [contrast, text, opposite] = visit.contrast
    ? ['non', texts.standard, texts.contrasted]
    : ['oui', texts.contrasted, texts.standard];
  const language = { lang: other.code };
  // Search engines know no other page.
  const rel = visit.path === paths.home && 'nofollow';
  const choice = (query: string, text: string, about: Attributes, script: Attributes) =>
    html`<li><a${attributes({ ...script, href: `${visit.path}?${asked.size > 0 ? `${asked}&` : ''}${query}`, ...about, hreflang: about.lang, rel })}>${text}</a>${
      typed &&
      html`<noscript><button${attributes({ type: 'submit', form: typed.id, formaction: `${typed.action}?${query}`, name: '_garder', ...about })}>${text}</button></noscript>`
    }</li>`;
  return html`<nav aria-label="${texts.preferences}">${
    typed &&
    html`<noscript><button type="submit" form="${typed.id}" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true">${texts.send}</button></noscript>`
  }<ul>${!isOneLanguage && choice(`lang=${other.code}`, other.name, language, {})}
${choice(`contraste=${contrast}`, text, {}, { 'data-other': opposite })}</ul></nav>`;
}

function footer(visit: Visit, bare: boolean): Html {
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
  const invented = visit.demo && html`<p>${texts.invented[visit.demo.kind].footer}</p>`;
  if (bare)
    return html`<footer class="service-footer"><div class="frame"><div>${invented}</div></div></footer>`;
  return html`<footer class="service-footer"><div class="frame"><div><p>${texts.help} <strong class="unbroken">${telephoneLink(visit.supportTelephone)}.</strong> <a href="/aide#sans-telephone">${texts.withoutTelephone}</a></p>${
    relay && html`<p>${outsideLink(visit, relay.address, texts.relay(relay.name))}</p>`
  }${invented}</div><nav aria-label="${texts.footer}"><ul>${links.map(
    ({ href, text }) => html`<li><a href="${href}">${text}</a></li>`,
  )}</ul></nav></div></footer>`;
}
