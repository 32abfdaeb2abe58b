import type { OpenDossier } from '#src/access/who.ts';
import { formatNir } from '#src/civil-status/nir.ts';
import { cardTexts } from '#src/enrolment/card/texts.ts';
import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { progress } from '#src/page-parts/progress/view.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import { type MaskedIban, maskIban } from '#src/proofs/iban.ts';
import { insetText, unfold } from '#src/web/components/asides.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { bankDetails } from '#src/web/drawings/bank-details.ts';
import { cardBack } from '#src/web/drawings/card-back.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Answer, PageRequest, Shown } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

type Enrolment = PageRequest<OpenDossier>;

/**
 * «Accédez immédiatement à votre compte»: the identity repeated, the end of the IBAN, the serial number of the card.
 *
 * On two screens, the second carries the end of the IBAN, so that its form submits both. `next`: the first was answered.
 */
export function cardView(
  request: Enrolment,
  shown: Shown,
  policy: Policy,
  { disagree = false, next = false } = {},
): Answer {
  const { visit } = request;
  const screens = policy.proof.layout === 'two-screens';
  // After a refusal both values are to be checked: they are asked again from the first on.
  const second = screens && !disagree && (next || isSecondScreen(request, shown));
  const t = cardTexts[visit.voice];
  const back = second ? paths.proof : paths.identity;
  const here = shown.problems.filter(({ field }) => !screens || second || field !== 'numeroSerie');
  const shownHere = { ...shown, problems: here };
  return formPage(request, shownHere, {
    ...(screens ? { title: second ? t.serialTitle : t.ibanTitle } : titles(visit)),
    back,
    beside: progress(visit, 'proof', request.dossier.answers),
    body: html`${disagree && checklist(request)}
      ${!second && recalled(request)}
      ${!screens && visit.wording.proofTitle === 'creation' && html`<h2 class="govuk-heading-m">${t.title}</h2>`}
      <p class="govuk-body">${second ? t.serialLead : screens ? t.ibanLead : t.subtitle}</p>
      ${form(visit, {
        autocomplete: 'off',
        legend: !screens,
        body: html`${second ? carriedIban(shown) : ibanField(request, shown, policy)}
        ${(second || !screens) && serialField(request, shown, policy)}
        <p class="govuk-body"><a class="govuk-link" href="${paths.otherWays}">${screens && !second ? t.noIban : t.noSerial}</a></p>
        ${buttonGroup(
          button({ text: screens && !second ? t.next : t.submit }),
          button({ text: t.back, href: back, style: 'secondary' }),
        )}`,
      })}`,
  });
}

/** Whether the form that was sent is that of the second screen, and the end of the IBAN is written as one. */
function isSecondScreen({ typed }: Enrolment, { problems }: Shown): boolean {
  return typed.has('numeroSerie') && !problems.some(({ field }) => field === 'iban7');
}

function carriedIban({ typed }: Shown): Html {
  return html`<input type="hidden" name="iban7" value="${typed.text('iban7')}">`;
}

function ibanField(request: Enrolment, { typed, problems }: Shown, policy: Policy): Html {
  const { visit } = request;
  const { identity } = request.dossier.answers;
  const t = cardTexts[visit.voice];
  return input(visit, {
    name: 'iban7',
    label: t.iban[visit.wording.ibanEnd],
    hint: html`${shownIban(request, maskIban(identity.ibanStart ?? '', policy.proof.ibanShown))}${t.ibanHint}`,
    help: unfold(t.ibanWhere, html`<p>${t.ibanWhereText}</p>${bankDetails(visit)}`),
    error: problemOf(problems, 'iban7'),
    value: typed.text('iban7'),
    spaced: true,
    width: 10,
    spellcheck: 'false',
    autocapitalize: 'characters',
  });
}

/** Its own title, or that of the identity page, which it then continues; the title of the window tells them apart. */
function titles(visit: Visit): { readonly title: string; readonly heading?: Html } {
  const { title, windowTitle } = cardTexts[visit.voice];
  if (visit.wording.proofTitle === 'own') return { title };
  const identity = identityTexts[visit.voice];
  return {
    title: `${identity.title} – ${windowTitle}`,
    heading: html`<h1 class="govuk-heading-l">${identity.title}</h1><p class="govuk-body">${identity.lead}</p>`,
  };
}

function serialField(request: Enrolment, { typed, problems }: Shown, policy: Policy): Html {
  const { visit } = request;
  const t = cardTexts[visit.voice];
  const photo = request.dossier.answers.identity.cardType === 'photo';
  return input(visit, {
    name: 'numeroSerie',
    label: photo ? t.serialPhoto : t.serialPlain,
    hint: html`${photo ? t.serialPhotoHint(policy.proof.photoCardPrefix) : t.serialPlainHint} ${t.serialNotNir}`,
    help: unfold(
      t.serialWhere,
      html`<p>${t.serialWhereText}</p>${cardBack(visit, photo ? 'photo' : 'sans-photo')}`,
    ),
    error: problemOf(problems, 'numeroSerie'),
    value: typed.text('numeroSerie'),
    ...(photo ? { prefix: policy.proof.photoCardPrefix } : {}),
    spaced: true,
    width: 20,
    inputmode: 'numeric',
    spellcheck: 'false',
  });
}

/** Whose proof this is, in one sentence; each value has its name for screen readers. */
function recalled(request: Enrolment): Html {
  const { identity } = request.dossier.answers;
  const t = cardTexts[request.visit.voice];
  const [year, month, day] = identity.birthDate.split('-');
  const values = [
    [t.name, identity.name],
    [t.nir, formatNir(identity.nir)],
    [t.birthDate, `${day}/${month}/${year}`],
    [t.postalCode, identity.postalCode],
  ];
  return html`<p class="govuk-body">${t.recall}${values.map(
    ([key, value], index) =>
      html` <span class="govuk-visually-hidden">${key}</span> <span class="unbroken">${value}${index < values.length - 1 && ','}</span>`,
  )} <a class="govuk-link" href="${paths.identity}">${t.change}<span class="govuk-visually-hidden"> ${t.recallHidden}</span></a></p>`;
}

function shownIban({ visit }: PageRequest, masked: MaskedIban): Html | null {
  const t = cardTexts[visit.voice];
  if (masked.start === '') return null;
  const pieces = masked.parts
    .filter(({ kind }) => kind !== 'to-type')
    .map(({ kind, characters }) =>
      kind === 'hidden' ? { shown: '', hidden: characters.length } : { shown: characters, hidden: 0 },
    );
  return html`<span class="known-iban">${t.ibanRecall} <strong aria-hidden="true">${masked.start} ${masked.blank}</strong><span class="govuk-visually-hidden">${t.ibanSpoken(pieces)}.</span></span>`;
}

function checklist({ visit }: PageRequest): Html {
  const t = cardTexts[visit.voice];
  return insetText(
    html`<h2 class="govuk-heading-m">${t.disagreeTitle}</h2>
      <ul class="govuk-list govuk-list--bullet">${t.disagreeHelp.map((text) => html`<li>${text}</li>`)}</ul>
      <p><a class="govuk-link" href="${paths.otherWays}">${t.otherWays}</a></p>`,
  );
}
