import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { homeTexts } from '#src/home/texts.ts';
import { franceConnectButton, orDivider } from '#src/page-parts/franceconnect-button.ts';
import { nirField } from '#src/page-parts/nir-field.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { signInTexts } from '#src/sign-in/texts.ts';
import type { Voice } from '#src/texts/language.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { telephoneLink } from '#src/web/components/links.ts';
import { passwordInput } from '#src/web/components/password-input.ts';
import { illustrated } from '#src/web/drawings/icon.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';

/** «J’accède à mon compte ameli». */
export function signInView(
  { policy, franceConnect }: Pick<Services, 'policy' | 'franceConnect'>,
  request: PageRequest,
  shown: Shown,
  status?: number,
): PageAnswer {
  const { visit } = request;
  const t = signInTexts[visit.voice];
  const first = policy.franceConnect.position === 'first';
  return formPage(request, shown, {
    title: t.title,
    body: html`${franceConnect && first && html`${franceConnectButton(visit, franceConnect, { purpose: 'connexion' })}${orDivider(visit)}`}
    ${status === undefined && shown.problems.some(({ field }) => field === null) && advice(request, policy)}
    ${form(visit, {
      body: html`<p class="govuk-body">${t.required}</p>
        ${nirField(visit, shown, { star: false })}
        ${passwordInput(visit, {
          name: 'motDePasse',
          star: false,
          label: passwordLabel(visit.voice, policy),
          error: problemOf(shown.problems, 'motDePasse'),
          autocomplete: 'current-password',
        })}
        ${button({ text: t.submit })}`,
    })}
      <p class="govuk-body"><a class="govuk-link" href="${paths.forgotten}">${t.forgotten[visit.passwordWord]}</a></p>
      ${policy.codes.askedWith !== 'nir' && html`<p class="govuk-body"><a class="govuk-link" href="${paths.provisionalCode}">${otherWaysTexts[visit.voice].haveCode}</a></p>`}
      ${franceConnect && !first && html`${orDivider(visit)}${franceConnectButton(visit, franceConnect, { purpose: 'connexion' })}`}
`,
    beside: {
      label: t.first,
      content: html`<h2 class="govuk-heading-m">${t.first}</h2>${illustrated('clock', homeTexts[visit.voice].duration)}${button({ text: t.create, href: paths.identity, style: 'secondary' })}`,
    },
    ...(status ? { status } : {}),
  });
}

/** What to do after a refusal, whatever its reason: the same bytes for everybody. */
function advice({ visit }: PageRequest, { limits }: Pick<Policy, 'limits'>): Html {
  const t = signInTexts[visit.voice];
  const [first] = limits.signInDelays;
  const delay = first ? { failures: first.failures, minutes: Math.ceil(first.seconds / 60) } : null;
  return insetText(
    html`<h2 class="govuk-heading-m">${t.adviceTitle}</h2>
      <ul class="govuk-list govuk-list--bullet">${t.advice(delay).map((text) => html`<li>${text}</li>`)}
        <li><a class="govuk-link" href="${paths.forgotten}">${t.newPassword}</a></li>
        <li>${t.call} ${telephoneLink(visit.supportTelephone)}</li></ul>`,
  );
}

/** The policy’s word for a password, with the lengths of the accepted codes where the official tutorials state them. */
function passwordLabel(voice: Voice, { password, codes }: Pick<Policy, 'password' | 'codes'>): string {
  const t = signInTexts[voice];
  const { askedWith, sms, email, letter } = codes;
  if (askedWith !== 'nir') return t.passwordAlone[password.word];
  const lengths = [sms.digits, email.digits, ...(letter.form === 'digits' ? [letter.length] : [])];
  if (!lengths.includes(4) && password.word !== 'code personnel') return t.password;
  return t.withLengths(
    password.word,
    [...new Set(lengths)].sort((a, b) => a - b),
  );
}
