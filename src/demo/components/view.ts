import { componentTexts } from '#src/demo/components/texts.ts';
import { demoPaths } from '#src/demo/demo.ts';
import { franceConnectButton, orDivider } from '#src/page-parts/franceconnect-button.ts';
import { progress } from '#src/page-parts/progress/view.ts';
import { common } from '#src/texts/common.ts';
import { details, insetText, tag, unfold, warningText } from '#src/web/components/asides.ts';
import { notificationBanner, panel } from '#src/web/components/banners.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { dateInput } from '#src/web/components/date-input.ts';
import { errorSummary } from '#src/web/components/error-summary.ts';
import { fileInput, input, textarea } from '#src/web/components/input.ts';
import { passwordInput } from '#src/web/components/password-input.ts';
import { passwordRules } from '#src/web/components/password-rules.ts';
import { checkboxes, radios } from '#src/web/components/radios.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { table } from '#src/web/components/table.ts';
import { bankDetails } from '#src/web/drawings/bank-details.ts';
import { cardBack } from '#src/web/drawings/card-back.ts';
import { cardFront } from '#src/web/drawings/card-front.ts';
import { icon, iconNames } from '#src/web/drawings/icon.ts';
import { type Child, type Html, html, trusted } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** Every component in every state, on one page: for people who judge or change the look, and for pictures of tests. */
export function componentsPage(visit: Visit): PageAnswer {
  const t = componentTexts[visit.voice];
  const section = (name: keyof typeof t.sections, content: Child) =>
    html`<section aria-labelledby="${name}"><h2 class="govuk-heading-m" id="${name}">${t.sections[name]}</h2>${content}</section>`;
  return {
    kind: 'page',
    title: t.title,
    back: demoPaths.index,
    beside: progress(visit, 'password'),
    body: html`<link rel="stylesheet" href="${demoPaths.states}">
<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body-l">${t.intro}</p>
${section('text', texts(visit))}
${section('buttons', buttons(visit))}
${section('fields', fields(visit))}
${section('choices', choices(visit))}
${section('password', password(visit))}
${section('messages', messages(visit))}
${section('values', values(visit))}
${section('drawings', drawings(visit))}`,
  };
}

/**
 * The rules of the stylesheet for an element under the pointer or with the focus, for elements that only look so: a
 * picture shows them all at once.
 */
export function stateRules(css: string): string {
  return css.replaceAll(/:focus(-visible)?\b/g, '.is-focus').replaceAll(/:hover\b/g, '.is-hover');
}

/** The markup of a component whose first element of a class has another class, or an attribute. */
function showing(markup: Html, of: string, { look, attribute }: { look?: string; attribute?: string }): Html {
  const was = `class="${of}`;
  return trusted(
    String(markup).replace(was, `${attribute ? `${attribute} ` : ''}class="${look ? `${look} ` : ''}${of}`),
  );
}

function texts(visit: Visit): Html {
  const t = componentTexts[visit.voice];
  return html`<p class="govuk-body-l">${t.lead}</p><p class="govuk-body">${t.body}</p><p class="govuk-body-s">${t.small}</p>
<h3 class="govuk-heading-s">${t.subheading}</h3><ul class="govuk-list govuk-list--bullet"><li>${t.body}</li></ul><ol class="govuk-list govuk-list--number"><li>${t.body}</li></ol>`;
}

function buttons(visit: Visit): Html {
  const t = componentTexts[visit.voice];
  const { states } = t;
  const row = (style: 'primary' | 'secondary') => {
    const one = (text: string) => button({ text, style, type: 'button' });
    return buttonGroup(
      one(states.rest),
      showing(one(states.hover), 'govuk-button', { look: 'is-hover' }),
      showing(one(states.focus), 'govuk-button', { look: 'is-focus' }),
      showing(one(states.busy), 'govuk-button', { attribute: 'aria-busy="true"' }),
      showing(one(states.disabled), 'govuk-button', { attribute: 'disabled' }),
    );
  };
  const link = html`<a class="govuk-link" href="#text">${t.link}</a>`;
  return html`${row('primary')}${row('secondary')}
<p class="govuk-body">${link} · ${showing(link, 'govuk-link', { look: 'is-hover' })} · ${showing(link, 'govuk-link', { look: 'is-focus' })}</p>
${orDivider(visit)}${franceConnectButton(visit, { available: () => true }, { purpose: 'connexion' })}`;
}

function fields(visit: Visit): Html {
  const t = componentTexts[visit.voice];
  const one = (name: string, state: string, more: { error?: string; value?: string; prefix?: string } = {}) =>
    input(visit, {
      name,
      label: html`${t.label} (${state})`,
      hint: t.hint,
      width: 10,
      spaced: true,
      ...more,
    });
  const { rest, focus, filled, refused, disabled, known } = t.states;
  return html`${errorSummary(visit, [
    { href: '#refuse', text: t.refusal },
    { href: '#naissance-jour', text: t.dateRefusal },
    { href: '#accord', text: t.questionRefusal },
  ])}${one('repos', rest)}${showing(one('cible', focus), 'govuk-input', { look: 'is-focus' })}
${one('rempli', filled, { value: '80000' })}${one('connu', known, { prefix: '80' })}${one('refuse', refused, { error: t.refusal, value: '8000' })}
${showing(one('inactif', disabled), 'govuk-input', { attribute: 'disabled' })}
${dateInput(visit, { name: 'naissance', label: t.date, error: t.dateRefusal })}
${input(visit, { name: 'aide', label: t.label, help: unfold(t.summary, html`<p>${t.help}</p>${cardFront(visit)}`) })}
${textarea(visit, { name: 'message', label: html`${t.text} (${rest})` })}${showing(textarea(visit, { name: 'message-cible', label: html`${t.text} (${focus})` }), 'govuk-textarea', { look: 'is-focus' })}
${textarea(visit, { name: 'message-refuse', label: html`${t.text} (${refused})`, error: t.refusal })}
${fileInput(visit, { name: 'piece', label: html`${t.file} (${rest})`, required: false })}${showing(fileInput(visit, { name: 'piece-cible', label: html`${t.file} (${focus})`, required: false }), 'govuk-file-upload', { look: 'is-focus' })}
${fileInput(visit, { name: 'piece-refusee', label: html`${t.file} (${refused})`, required: false, error: t.refusal })}`;
}

function choices(visit: Visit): Html {
  const t = componentTexts[visit.voice];
  const { yes, no } = common[visit.voice];
  const items = [
    { value: 'oui', text: yes },
    { value: 'non', text: no },
  ];
  const one = (name: string, state: string) =>
    radios(visit, { name, label: html`${t.question} (${state})`, value: 'non', inline: true, items });
  return html`${one('choix', t.states.rest)}
${showing(one('choix-cible', t.states.focus), 'govuk-radios__input', { look: 'is-focus' })}
${showing(one('choix-inactif', t.states.disabled), 'govuk-radios__input', { attribute: 'disabled' })}
${radios(visit, { name: 'accord', label: html`${t.question} (${t.states.refused})`, error: t.questionRefusal, items })}
${checkboxes(visit, { name: 'cases', label: t.several, values: ['oui'], items, required: false })}`;
}

function password(visit: Visit): Html {
  const t = componentTexts[visit.voice];
  const rules = passwordRules(visit, {
    id: 'regles',
    field: 'motDePasse',
    items: [
      { rule: 'length', text: t.rules.length },
      { rule: 'latin', text: t.rules.latin },
      { rule: 'digit', text: t.rules.digit },
    ],
    minimum: 8,
    maximum: 50,
    specials: '',
  });
  const ticked = String(rules)
    .replace('data-rule="length"', 'data-rule="length" data-state="met"')
    .replace('data-rule="latin"', 'data-rule="latin" data-state="unmet"');
  return html`${trusted(ticked)}${passwordInput(visit, { name: 'motDePasse', label: t.password, autocomplete: 'new-password', rules: 'regles' })}`;
}

function messages(visit: Visit): Html {
  const t = componentTexts[visit.voice];
  const help = html`<p>${t.help}</p>`;
  const [plain, active, closed] = t.tags;
  // The panel of an end of a journey is the title of its page: here it is one heading among others.
  const end = String(panel(t.panel, html`<p class="govuk-body">${t.body}</p>`)).replaceAll('h1', 'h3');
  return html`${notificationBanner(visit, { type: 'success', content: t.success, id: 'nouvelle-faite' })}
${notificationBanner(visit, { content: t.news, id: 'nouvelle' })}
${trusted(end)}
${insetText(html`<p>${t.inset}</p>`)}${warningText(visit, t.warning)}
<p>${tag(plain)} ${tag(active, 'green')} ${tag(closed, 'red')}</p>
${details({ summary: t.summary, content: help })}${details({ summary: t.summary, content: help, open: true })}
${showing(details({ summary: t.states.focus, content: help }), 'govuk-details__summary', { look: 'is-focus' })}`;
}

function values(visit: Visit): Html {
  const t = componentTexts[visit.voice];
  const row = { key: t.key, value: t.value };
  return html`${summaryList([row, { ...row, actions: [{ href: '#values', text: t.change, hidden: t.key }] }])}
${table({ caption: t.table, head: t.head, rows: [t.row] })}`;
}

function drawings(visit: Visit): Html {
  return html`<div class="tiles">${cardFront(visit)}${cardFront(visit, 'sans-photo')}${cardBack(visit, 'photo')}${cardBack(visit, 'sans-photo')}${bankDetails(visit)}</div><p>${iconNames.map((name) => icon(name))}</p>`;
}
