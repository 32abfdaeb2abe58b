import { attestationTexts } from '#src/account/attestation/texts.ts';
import type { LatestAttestation } from '#src/attestations/attestation.ts';
import { paths } from '#src/paths.ts';
import { beneficiaryName } from '#src/rights/names.ts';
import type { Member } from '#src/rights/rights.ts';
import type { Voice } from '#src/texts/language.ts';
import { formatDate } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { radios } from '#src/web/components/radios.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';

/** The form for an attestation de droits, and those that are valid. */
export function attestationView(
  request: PageRequest,
  shown: Shown,
  people: readonly Member[],
  made: readonly LatestAttestation[],
): PageAnswer {
  const { visit } = request;
  const t = attestationTexts[visit.voice];
  const [first] = people;
  const isOnly = people.length === 1 && first;
  const whom = isOnly
    ? html`<input type="hidden" name="beneficiaire" value="${first.rank}"><p class="govuk-body">${t.only(beneficiaryName(first))}</p>`
    : radios(visit, {
        name: 'beneficiaire',
        label: t.whom,
        error: problemOf(shown.problems, 'beneficiaire'),
        value: shown.typed.text('beneficiaire'),
        items: people.map((person) => ({ value: String(person.rank), text: beneficiaryName(person) })),
      });
  return formPage(request, shown, {
    title: t.title,
    back: paths.accountDocuments,
    body: html`<p class="govuk-body">${t.lead}</p>${t.french && html`<p class="govuk-body">${t.french}</p>`}
      ${form(visit, {
        legend: !isOnly,
        givesFile: true,
        body: html`${whom}
          ${radios(visit, {
            name: 'sante',
            label: t.health,
            value: shown.typed.text('sante') === 'oui' ? 'oui' : 'non',
            items: [
              { value: 'non', text: t.without, hint: t.withoutHint },
              { value: 'oui', text: t.with, hint: t.withHint },
            ],
          })}
          ${made.some(({ kind }) => kind === 'rights') && html`<p class="govuk-body">${t.replaces}</p>`}
          ${button({ text: t.submit })}`,
      })}
      <p class="govuk-body">${t.adults}</p>
      ${made.length > 0 && html`<h2 class="govuk-heading-m">${t.made}</h2>${madeList(visit.voice, people, made)}`}`,
  });
}

/** The papers that somebody made and that are valid. */
function madeList(
  voice: Voice,
  people: readonly Pick<Member, 'member' | 'givenNames' | 'usageName' | 'birthName'>[],
  made: readonly LatestAttestation[],
): Html {
  const t = attestationTexts[voice];
  const nameOf = (member: number) => {
    const person = people.find((one) => one.member === member);
    return person ? beneficiaryName(person) : t.somebody;
  };
  return html`<ul class="govuk-list govuk-list--bullet">${made.flatMap(
    ({ kind, member, issuedAt, validUntil }): Child[] =>
      kind === 'european-card'
        ? []
        : [
            html`<li>${t.kinds[kind](nameOf(member))}, ${t.madeLine(formatDate(issuedAt, voice), formatDate(validUntil, voice))}</li>`,
          ],
  )}</ul>`;
}

/** What «Mes documents» says of the papers that people make themselves. */
export function ownPapers(voice: Voice, people: readonly Member[], made: readonly LatestAttestation[]): Html {
  const t = attestationTexts[voice];
  const papers = made.filter(
    ({ kind, member }) => kind !== 'european-card' && people.some((person) => person.member === member),
  );
  return html`<h2 class="govuk-heading-m">${t.own}</h2>
    ${papers.length > 0 ? madeList(voice, people, papers) : html`<p class="govuk-body">${t.ownNone}</p>`}`;
}
