import type { OpenDossier } from '#src/access/who.ts';
import { contactsAndCode, waysBack } from '#src/enrolment/not-eligible/contacts.ts';
import { type DisclosedReason, disclosedReason } from '#src/enrolment/not-eligible/reason.ts';
import { regimes } from '#src/enrolment/not-eligible/regimes.ts';
import { notEligibleTexts } from '#src/enrolment/not-eligible/texts.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { languageOf, type Voice } from '#src/texts/language.ts';
import { formatDate } from '#src/texts/typography.ts';
import { parisDate } from '#src/time/paris.ts';
import { button } from '#src/web/components/button.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest } from '#src/web/page.ts';

/** The page for a person who may know the reason: what it means, what to do now, whom to call. */
export function notEligibleView(
  { caisses, policy }: Pick<Services, 'caisses' | 'policy'>,
  request: PageRequest<OpenDossier>,
): PageAnswer {
  const { visit, now } = request;
  const { answers, supportCode } = request.dossier;
  const { bars, regime = null, registeredBirthDate: birthDate, caisse } = answers.identity;
  const today = parisDate(now);
  const reason = disclosedReason({ bars, regime, birthDate }, policy.identity.minimumAge, today);
  const t = notEligibleTexts[visit.voice];
  const { title, means, now: nextSteps } = wordsOf(reason, policy, today, visit.voice);
  return {
    kind: 'page',
    title,
    back: paths.identity,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
      ${means}
      <h2 class="govuk-heading-m">${t.nowTitle}</h2>
      ${nextSteps}
      ${waysBack(visit)}`,
    beside: contactsAndCode(visit, caisses.caisses.get(caisse), supportCode),
  };
}

interface Words {
  readonly title: string;
  readonly means: Html | readonly Html[];
  readonly now: Html | readonly Html[];
}

function wordsOf(reason: DisclosedReason, policy: Policy, today: string, voice: Voice): Words {
  const t = notEligibleTexts[voice];
  switch (reason.kind) {
    case 'regime':
      return regimeWords(reason.code, policy, today, voice);
    case 'before-eighteen':
      return simple(t.beforeEighteen(written(reason.on, voice)));
    case 'just-eighteen':
      return simple(t.justEighteen(written(reason.by, voice), reason.by !== null && reason.by <= today));
    case 'dependant':
      return simple(t.dependant);
    case 'too-young':
      return simple(t.tooYoung(reason.age, written(reason.on, voice)));
    case 'number':
      return {
        title: t.number.title,
        means: paragraphs([t.number[reason.state], t.number.why]),
        now: html`${paragraphs(t.number.now)}
          <h3 class="govuk-heading-s">${t.number.bringTitle}</h3>
          <ul class="govuk-list govuk-list--bullet">${t.number.bring.map((text) => html`<li>${text}</li>`)}</ul>`,
      };
    case 'caisse':
      return simple(t.caisse);
  }
}

/** The régime by its name, with its own site; an unknown régime is not named. */
function regimeWords(code: string, policy: Policy, today: string, voice: Voice): Words {
  const t = notEligibleTexts[voice].regime;
  const regime = regimes.get(code);
  const until = policy.regimes.find((one) => one.code === code)?.validTo;
  const before = until && until < today ? written(until, voice) : null;
  const site = regime?.site;
  const means = [
    regime ? t.named(regime.name[languageOf(voice)]) : t.unnamed,
    ...(before ? [t.until(before)] : []),
  ];
  return {
    title: t.title,
    means: paragraphs(means),
    now: html`${
      site
        ? html`${paragraphs([t.own])}${button({ text: t.site(new URL(site).host), href: site })}`
        : paragraphs([regime ? t.ended : t.card])
    }${paragraphs([t.changed])}`,
  };
}

function simple({
  title,
  means,
  now,
}: Readonly<Record<'means' | 'now', readonly string[]>> & { readonly title: string }): Words {
  return { title, means: paragraphs(means), now: paragraphs(now) };
}

function paragraphs(texts: readonly string[]): readonly Html[] {
  return texts.map((text) => html`<p class="govuk-body">${text}</p>`);
}

function written(day: string | null, voice: Voice): string | null {
  return day === null ? null : formatDate(new Date(`${day}T12:00:00Z`), voice);
}
