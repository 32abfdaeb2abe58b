import { buttonForm, hidden } from '#src/demo/franceconnect/frame.ts';
import { paths } from '#src/paths.ts';
import { html } from '#src/web/html.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';
import { franceConnectFrame, type Reading } from '#src/workshop/franceconnect/frame-view.ts';
import { franceConnectOf } from '#src/workshop/franceconnect/identities.ts';
import { franceConnectTexts } from '#src/workshop/franceconnect/texts.ts';

/** Where somebody signs in: as the person whom their seat plays. What was typed wrongly is not shown again. */
export function loginView(reading: Reading, action: string, plays: SeatPerson, refused: boolean): string {
  const { login: t } = franceConnectTexts[reading.language];
  const { identifier, password } = franceConnectOf(plays);
  const field = (name: string, label: string) =>
    html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="text" autocomplete="off" autocapitalize="none" spellcheck="false"${refused && html` aria-invalid="true" aria-describedby="faute"`}>`;
  return franceConnectFrame(reading, {
    title: t.title,
    refused,
    body: html`${refused && html`<div class="error" role="alert"><p id="faute"><a href="#identifiant">${t.wrong}</a></p></div>`}
<p>${t.lead}</p>
<form method="post" action="${action}">
${hidden({ action: 'connexion' })}
${field('identifiant', t.identifier)}
${field('motDePasse', t.password)}
<button type="submit" class="primary">${t.submit}</button>
</form>
<div class="note aside"><h2>${t.yours(nameOf(plays))}</h2>
<p>${t.copy}</p>
<dl><dt>${t.identifier}</dt><dd><strong>${identifier}</strong></dd><dt>${t.password}</dt><dd><strong>${password}</strong></dd></dl>
<p>${t.neverYours}</p></div>
${buttonForm(action, { action: 'annuler' }, t.cancel, 'secondary')}`,
  });
}

/** What will be told to the service. */
export function consentView(
  reading: Reading,
  action: string,
  plays: SeatPerson,
  sent: Readonly<Record<string, unknown>>,
): string {
  const { consent: t, data, genders } = franceConnectTexts[reading.language];
  const said = Object.entries(data).flatMap(([claim, label]) => {
    const value = String(sent[claim] ?? '').replaceAll("'", '’');
    if (value === '') return [];
    const gender = claim === 'gender' ? new Map(Object.entries(genders)).get(value) : undefined;
    const date = claim === 'birthdate' ? value.split('-').reverse().join('/') : undefined;
    return [html`<dt>${label}</dt><dd>${gender ?? date ?? value}</dd>`];
  });
  return franceConnectFrame(reading, {
    title: t.title,
    body: html`<p>${t.you} <strong>${nameOf(plays)}</strong>.</p>
<h2>${t.sent}</h2>
<dl>${said}</dl>
<p>${t.notSent}</p>
${buttonForm(action, { action: 'continuer' }, t.go)}
${buttonForm(action, { action: 'annuler' }, t.cancel, 'secondary')}`,
  });
}

/** It is out of order: the way back leads to the other ways. */
export function downView(reading: Reading, action: string): string {
  const { down: t } = franceConnectTexts[reading.language];
  return franceConnectFrame(reading, {
    title: t.title,
    refused: true,
    body: html`${t.text.map((one) => html`<p>${one}</p>`)}
${buttonForm(action, { action: 'panne' }, t.back)}`,
  });
}

export function overView(reading: Reading): string {
  const { over: t } = franceConnectTexts[reading.language];
  return franceConnectFrame(reading, {
    title: t.title,
    refused: true,
    body: html`<p>${t.text}</p>
<p><a href="${paths.home}">${t.back}</a></p>`,
  });
}

/** An error that has no way back of its own. */
export function impossibleView(reading: Reading, code: string): string {
  const { impossible: t, over } = franceConnectTexts[reading.language];
  return franceConnectFrame(reading, {
    title: t.title,
    refused: true,
    body: html`<p>${t.code(code)}</p>
<p><a href="${paths.home}">${over.back}</a></p>`,
  });
}

function nameOf({ person: { line } }: SeatPerson): string {
  return `${line.givenNames[0] ?? ''} ${line.usageName ?? line.birthName}`;
}
