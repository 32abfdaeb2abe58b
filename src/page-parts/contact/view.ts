import type { Anyone } from '#src/access/who.ts';
import { offeredEmail, offeredEmailNote } from '#src/franceconnect/offered-email.ts';
import { consentText, consentWords } from '#src/page-parts/contact/consents.ts';
import { takeProposal } from '#src/page-parts/contact/form.ts';
import {
  type ContactField,
  type ContactItem,
  contactItems,
  contactParts,
} from '#src/page-parts/contact/layout.ts';
import { contactTexts } from '#src/page-parts/contact/texts.ts';
import { progress } from '#src/page-parts/progress/view.ts';
import { paths } from '#src/paths.ts';
import type { ConsentPurpose, Policy } from '#src/policy/schema.ts';
import { common } from '#src/texts/common.ts';
import { details } from '#src/web/components/asides.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { fieldset, formGroup } from '#src/web/components/field.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { radios } from '#src/web/components/radios.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import { stepProgress } from '#src/web/layout.ts';
import type { Answer, PageRequest, Problem, Shown, Typed } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/**
 * «Informations personnelles»; `suggestion` is the address that was probably meant.
 *
 * On two screens, the second carries the fields of the first, so that its form submits everything. `next`: the first was
 * answered.
 */
export function contactView(
  request: PageRequest<Anyone>,
  shown: Shown,
  policy: Policy,
  { suggestion, next = false }: { readonly suggestion?: string | undefined; readonly next?: boolean } = {},
): Answer {
  const { visit } = request;
  const t = contactTexts[visit.voice];
  const [title] = t.titles[visit.wording.contact];
  const second = policy.contact.layout === 'two-screens' && (next || isSecondScreen(request, shown));
  const offered = shown.typed.has('email') ? null : offeredEmail(request);
  const filled = offered ? { ...shown, typed: offered } : shown;
  return formPage(request, shown, {
    title: second ? t.telephonesTitle : title,
    heading: html`${stepProgress(visit, 3, 3)}<h1 class="govuk-heading-l">${second ? t.telephonesTitle : title}</h1>`,
    back: second ? paths.contact : paths.password,
    beside: progress(visit, 'contact', request.session?.dossier?.answers),
    body: form(visit, {
      legend: !second || hasStar(contactParts(policy.contact).telephones),
      body: html`${offered && offeredEmailNote(visit)}${content(visit, filled, policy.contact, second, suggestion)}
        <p class="govuk-body">${t.consentsFree}</p>
        ${buttonGroup(
          button({ text: second ? t.submit : t.next }),
          button({ text: t.back, href: second ? paths.contact : paths.password, style: 'secondary' }),
        )}`,
    }),
  });
}

/** Whether one of the items must be answered. */
function hasStar(items: readonly ContactItem[]): boolean {
  return items.some((item) => (item.kind === 'field' ? item.field === 'email' : isStarred(item.purpose)));
}

/** The tutorials print a star on this consent, although «Non» is already chosen. */
function isStarred(purpose: ConsentPurpose): boolean {
  return purpose === 'promoEmail';
}

/** Whether the form that was sent is that of the second screen, and the address was accepted. */
function isSecondScreen({ typed }: PageRequest, { problems }: Shown): boolean {
  return (
    typed.has('portable') && !problems.some(({ field }) => field === 'email' || field === 'emailConfirmation')
  );
}

function content(
  visit: Visit,
  shown: Shown,
  contact: Policy['contact'],
  second: boolean,
  suggestion: string | undefined,
): Html {
  const t = contactTexts[visit.voice];
  const items = (list: readonly ContactItem[]) => contactItemsOf(visit, shown, list, suggestion);
  const { address, telephones } = contactParts(contact);
  const [, emailTitle] = t.titles[visit.wording.contact];
  const addressPart = html`${emailTitle && html`<h2 class="govuk-heading-m">${emailTitle}</h2>`}
    <p class="govuk-body">${t.emailWhy[visit.wording.contact]}</p>
    ${visit.wording.contact === 'newsletter' && html`<p class="govuk-body">${t.noCommerce}</p>`}
    ${items(address)}`;
  const telephonesHint = html`<p class="govuk-body">${t.telephonesHint}</p>`;
  switch (contact.layout) {
    case 'one-page':
      return html`${addressPart}<h2 class="govuk-heading-m">${t.telephonesTitle}</h2>${telephonesHint}${items(telephones)}`;
    case 'two-screens':
      return second
        ? html`${carriedFields(shown.typed, address)}${telephonesHint}${items(telephones)}`
        : addressPart;
    case 'telephones-on-request': {
      const hasFields = contactItems(contact).some(
        (item) => item.kind === 'field' && item.field !== 'email' && shown.typed.text(item.field) !== '',
      );
      return html`${addressPart}${details({
        summary: t.telephonesAsk,
        open: hasFields,
        content: html`<p>${t.telephonesWhy}</p>${telephonesHint}${items(telephones)}`,
      })}`;
    }
  }
}

/** The fields of the first screen, hidden in the form of the second. */
function carriedFields(typed: Typed, items: readonly ContactItem[]): Html {
  const names = items.flatMap((item) =>
    item.kind === 'consent' ? [item.purpose] : ['email', 'emailConfirmation', 'adresseProposee'],
  );
  return html`${names.map((name) => html`<input type="hidden" name="${name}" value="${typed.text(name)}">`)}`;
}

/** Fields and consents in order; consents with the same question are grouped under it. */
function contactItemsOf(
  visit: Visit,
  { typed, problems }: Shown,
  items: readonly ContactItem[],
  suggestion: string | undefined,
): Html {
  const shown: Child[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item?.kind === 'field') shown.push(contactField(visit, typed, problems, item.field, suggestion));
    if (item?.kind !== 'consent') continue;
    const group = [item.purpose];
    for (let next = items[i + 1]; isOf(next, visit, item.purpose); next = items[i + 1]) {
      group.push(next.purpose);
      i += 1;
    }
    shown.push(consentFields(visit, typed, group));
  }
  return html`${shown}`;
}

function isOf(
  item: ContactItem | undefined,
  visit: Visit,
  purpose: ConsentPurpose,
): item is Extract<ContactItem, { kind: 'consent' }> {
  const question = (of: ConsentPurpose) => consentWords(of, visit.wording.contact, visit.voice).question;
  return item?.kind === 'consent' && question(item.purpose) === question(purpose);
}

function contactField(
  visit: Visit,
  typed: Typed,
  problems: readonly Problem[],
  field: ContactField,
  suggestion: string | undefined,
): Html {
  return field === 'email'
    ? emailFields(visit, typed, problems, suggestion)
    : telephoneField(visit, typed, problems, field);
}

/** Consents with a common question, which is their heading; each is labelled by its channel. */
function consentFields(visit: Visit, typed: Typed, purposes: readonly ConsentPurpose[]): Html {
  const words = purposes.map((purpose) => consentWords(purpose, visit.wording.contact, visit.voice));
  const [first] = words;
  if (!first?.channel)
    return html`${purposes.map((purpose) => consentField(visit, typed, purpose, { starred: isStarred(purpose) }))}`;
  const answers = purposes.map((purpose, index) =>
    consentRadios(
      visit,
      typed,
      purpose,
      html`${words[index]?.channel} <span class="govuk-visually-hidden">${words[index]?.about}</span>`,
    ),
  );
  return formGroup({}, fieldset({ label: first.question, required: false }, html`${answers}`));
}
/** The address, typed twice, for every page that asks for one. */
export function emailFields(
  visit: Visit,
  typed: Typed,
  problems: readonly Problem[],
  suggestion?: string,
): Html {
  const t = contactTexts[visit.voice];
  return html`${input(visit, {
    name: 'email',
    label: t.email,
    hint: t.emailHint,
    error: problemOf(problems, 'email'),
    value: typed.text('email'),
    type: 'email',
    autocomplete: 'email',
    spellcheck: 'false',
  })}
  ${input(visit, {
    name: 'emailConfirmation',
    label: t.emailConfirmation,
    error: problemOf(problems, 'emailConfirmation'),
    value: typed.text('emailConfirmation'),
    type: 'email',
    autocomplete: 'email',
    spellcheck: 'false',
  })}
  ${suggestion !== undefined && proposal(visit, suggestion)}`;
}

/**
 * The button that takes the proposed address: it sends the whole form. The hidden button before it receives the return
 * key, which presses the first button of a form.
 */
function proposal({ voice }: Visit, address: string): Html {
  const t = contactTexts[voice];
  return html`<input type="hidden" name="adresseProposee" value="${address}">
    <button type="submit" hidden>${t.next}</button> ${button({ text: t.take(address), style: 'secondary', ...takeProposal })}`;
}

/** One optional number. */
export function telephoneField(
  visit: Visit,
  typed: Typed,
  problems: readonly Problem[],
  name: 'portable' | 'fixe',
): Html {
  const t = contactTexts[visit.voice];
  return input(visit, {
    name,
    label: t[name],
    hint: name === 'portable' ? t.portableHint : t.fixeHint,
    error: problemOf(problems, name),
    value: typed.text(name),
    type: 'tel',
    // Browsers tell numbers apart by their kind (HTML, «Autofill»).
    autocomplete: name === 'portable' ? 'mobile tel' : 'home tel',
    inputmode: 'tel',
    width: 20,
    required: false,
  });
}

/** One consent with its whole text; «Non» is the default, so that no answer is missing: no star, but where `starred`. */
export function consentField(
  visit: Visit,
  typed: Typed,
  purpose: ConsentPurpose,
  { starred = false } = {},
): Html {
  const { text } = consentText(purpose, visit.wording.contact, visit.voice);
  return consentRadios(visit, typed, purpose, text, starred);
}

function consentRadios(
  visit: Visit,
  typed: Typed,
  purpose: ConsentPurpose,
  label: Child,
  starred = false,
): Html {
  const words = common[visit.voice];
  return radios(visit, {
    name: purpose,
    label,
    value: typed.text(purpose) === 'oui' ? 'oui' : 'non',
    inline: true,
    required: starred,
    items: [
      { value: 'oui', text: words.yes },
      { value: 'non', text: words.no },
    ],
  });
}
