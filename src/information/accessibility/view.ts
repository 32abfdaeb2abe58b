import { softwareFound } from '#src/information/accessibility/software.ts';
import { statementTexts } from '#src/information/accessibility/texts.ts';
import { type Section, sectionsView } from '#src/information/sections-view.ts';
import type { AccessibilityStatement } from '#src/policy/accessibility.ts';
import { softwareAudit, softwareRate } from '#src/policy/software-audit.ts';
import { localeOf } from '#src/texts/language.ts';
import { formatDate } from '#src/texts/typography.ts';
import { mailboxLink, outsideLink, telephoneLink, writtenChannels } from '#src/web/components/links.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/**
 * The statement of the body, in the order of the model. Without one, the page says so, calls the service what the law
 * then calls it, and reports what the project’s own audit found; in the demo that audit is the statement.
 */
export function statementView(visit: Visit, statement: AccessibilityStatement | null): PageAnswer {
  const t = statementTexts[visit.voice];
  const { body, beside } = sectionsView(visit, [
    { heading: t.stateTitle, content: state(visit, statement) },
    ...results(visit, statement),
    { heading: t.contentsTitle, content: contents(visit, statement) },
    { heading: t.madeTitle, content: making(visit, statement) },
    { heading: t.contactTitle, content: contact(visit, statement) },
    { heading: t.remediesTitle, content: remedies(visit) },
  ]);
  return {
    kind: 'page',
    title: t.title,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>${commitment(visit, statement)}${body}`,
    beside,
  };
}

function commitment(visit: Visit, statement: AccessibilityStatement | null): Html {
  const t = statementTexts[visit.voice];
  const law = html`${outsideLink(visit, 'https://www.legifrance.gouv.fr/loda/article_lc/LEGIARTI000037388867', t.law)}.`;
  const plans = statement?.plans ?? { multiYear: null, annual: null };
  const published = [
    plans.multiYear && outsideLink(visit, plans.multiYear, t.multiYear),
    plans.annual && outsideLink(visit, plans.annual, t.annual),
  ].filter((plan) => plan instanceof Object);
  return html`${paragraph(
    html`${statement ? t.commits(statement.body) : visit.demo ? t.commits(t.project) : t.obliged(t.someBody)} ${law}`,
  )}
    ${published.length > 0 ? bullets(published) : paragraph(t.noPlans)}
    ${paragraph(t.appliesTo(visit.serviceName))}
    ${!statement && visit.demo && paragraph(t.demo)}`;
}

function state(visit: Visit, statement: AccessibilityStatement | null): Html {
  const t = statementTexts[visit.voice];
  const version = statement ? statement.audit?.version : visit.demo ? softwareAudit.version : undefined;
  const what = version === undefined ? t.noAudit : t.withRgaa(version);
  return html`${paragraph(
    html`${t.isState(visit.serviceName)} <strong>${t.states[visit.conformity]}</strong> ${what}`,
  )}
    ${!statement && !visit.demo && paragraph(t.notPublished(t.someBody))}
    ${visit.conformity === 'partielle' && paragraph(t.because)}`;
}

/** Those of the body, or of the project where the body has published none. */
function results(visit: Visit, statement: AccessibilityStatement | null): readonly Section[] {
  const t = statementTexts[visit.voice];
  const percent = (rate: number) => rate.toLocaleString(localeOf(visit.language));
  if (statement) {
    const { audit } = statement;
    if (!audit) return [];
    const content = paragraph(t.results(audit.by, date(visit, audit.on), percent(audit.rate)));
    return [{ heading: t.resultsTitle, content }];
  }
  const { on, version, conform, applicable } = softwareAudit;
  const ratio = `${conform}/${applicable}`;
  return [
    {
      heading: visit.demo ? t.resultsTitle : t.softwareTitle,
      content: html`${paragraph(t.softwareResults(date(visit, on), version, percent(softwareRate()), ratio))}
        ${paragraph(t.softwareWhy)}`,
    },
  ];
}

function contents(visit: Visit, statement: AccessibilityStatement | null): Html {
  const t = statementTexts[visit.voice];
  const { notConform, exempt } = statement ?? softwareFound;
  const part = (heading: string, list: AccessibilityStatement['notConform'], none: string) =>
    html`<h3 class="govuk-heading-s">${heading}</h3>${
      list.length > 0 ? bullets(list.map((text) => text[visit.language])) : paragraph(none)
    }`;
  return html`${part(t.notConform, notConform, t.none)}
    ${part(t.derogations, statement?.derogations ?? [], t.none)}
    ${part(t.exempt, exempt, t.nothingKnown)}`;
}

function making(visit: Visit, statement: AccessibilityStatement | null): Html {
  const t = statementTexts[visit.voice];
  const audited = statement ? statement.audit : softwareFound;
  const part = (heading: string, list: readonly string[]) =>
    list.length > 0 && html`<h3 class="govuk-heading-s">${heading}</h3>${bullets(list)}`;
  const inLanguage = (list: AccessibilityStatement['exempt']) => list.map((text) => text[visit.language]);
  const updated = statement?.updatedOn ?? null;
  return html`${paragraph(t.established(date(visit, statement?.establishedOn ?? softwareAudit.on)))}
    ${updated !== null && paragraph(t.updated(date(visit, updated)))}
    ${
      audited &&
      html`${part(t.technologies, audited.technologies)}
        ${part(t.environments, inLanguage(audited.environments))}
        ${part(t.tools, audited.tools)}
        ${part(t.pages, inLanguage(audited.pages))}`
    }`;
}

/** In writing first, as the law asks. */
function contact(visit: Visit, statement: AccessibilityStatement | null): Html {
  const t = statementTexts[visit.voice];
  const { mailbox, form } = statement?.contact ?? { mailbox: null, form: null };
  const written = [
    mailbox !== null && html`${t.writeTo} ${mailboxLink(mailbox)}.`,
    form !== null && html`${outsideLink(visit, form, t.writeForm)}.`,
  ].filter((way) => way !== false);
  return html`${paragraph(t.contactLead)}${paragraph(t.contactSay)}
    ${written.length > 0 ? bullets(written) : writtenChannels(visit)}
    ${paragraph(html`${t.orCall} ${telephoneLink(visit.supportTelephone)}.`)}`;
}

function remedies(visit: Visit): Html {
  const t = statementTexts[visit.voice];
  return html`${paragraph(t.remedies)}${paragraph(t.youCan)}
    ${bullets([
      outsideLink(visit, 'https://formulaire.defenseurdesdroits.fr/', t.defenderMessage),
      html`${t.defenderCall} ${telephoneLink('09\u00a069\u00a039\u00a000\u00a000')}`,
      outsideLink(visit, 'https://www.defenseurdesdroits.fr/carte-des-delegues', t.defenderDelegate),
      html`${t.defenderLetter} <span lang="fr">${t.defenderAddress}</span>`,
    ])}`;
}

function date(visit: Pick<Visit, 'language'>, day: string): string {
  return formatDate(new Date(`${day}T12:00:00Z`), visit.language);
}

function paragraph(content: Child): Html {
  return html`<p class="govuk-body">${content}</p>`;
}

function bullets(items: readonly Child[]): Html {
  return html`<ul class="govuk-list govuk-list--bullet">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
