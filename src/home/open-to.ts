import type { Policy } from '#src/policy/schema.ts';
import { catalogue } from '#src/texts/language.ts';
import { parisDate } from '#src/time/paris.ts';
import { details } from '#src/web/components/asides.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

interface Texts {
  readonly summary: string;
  readonly lead: string;
  readonly general: string;
  readonly partners: (names: string) => string;
  readonly others: (names: string) => string;
}

const texts = catalogue<Texts>({
  fr: {
    summary: 'À qui ce compte est-il ouvert ?',
    lead: 'Aux personnes qui dépendent, pour leur protection maladie obligatoire :',
    general:
      'du régime général (Assurance Maladie, Caisse primaire) : salariés, indépendants, retraités, étudiants… ;',
    partners: (names) => `de ces régimes partenaires : ${names}.`,
    others: (names) => `Ce service n’est donc pas ouvert aux autres régimes tels que ${names}…`,
  },
  en: {
    summary: 'Who is this account for?',
    lead: 'For people whose compulsory health insurance is:',
    general:
      'the régime général (Assurance Maladie, Caisse primaire): employed, self-employed, retired, students...;',
    partners: (names) => `one of these partner funds: ${names}.`,
    others: (names) => `So this service is not open to other funds, such as ${names}...`,
  },
  plain: {
    fr: {
      summary: 'Ce compte est-il pour vous ?',
      lead: 'Il est pour les personnes assurées :',
      general: 'à l’Assurance Maladie (Caisse primaire) : salariés, indépendants, retraités, étudiants… ;',
      partners: (names) => `ou à un de ces régimes : ${names}.`,
      others: (names) => `Il n’est pas pour les autres régimes, comme ${names}…`,
    },
  },
});

/** Those whose members know them by another name than the code. */
const names: Readonly<Record<string, string>> = {
  HFP: 'HARMONIE FONCTION PUBLIQUE',
  INTERIALE: 'INTÉRIALE',
  LMG: 'LA MUTUELLE GÉNÉRALE',
};

/** The largest of those that have their own service: named unless the policy opens accounts for them. */
const largest: readonly (readonly [string, string])[] = [
  ['MGEN', 'la MGEN'],
  ['MSA', 'la MSA'],
];

/** Whose accounts the policy opens today, said before anything is typed. */
export function openTo({ voice, now }: Pick<Visit, 'voice' | 'now'>, { regimes }: Policy): Html {
  const t = texts[voice];
  const today = parisDate(now);
  const open = regimes
    .filter(({ validFrom, validTo }) => (validFrom ?? today) <= today && today <= (validTo ?? today))
    .map(({ code }) => code);
  const partners = open.filter((code) => code !== 'GENERAL').map((code) => names[code] ?? code);
  const others = largest.filter(([code]) => !open.includes(code)).map(([, name]) => name);
  return details({
    summary: t.summary,
    content: html`<p>${t.lead}</p>
      <ul class="govuk-list govuk-list--bullet">${open.includes('GENERAL') && html`<li>${t.general}</li>`}${
        partners.length > 0 && html`<li>${t.partners(partners.join(', '))}</li>`
      }</ul>
      ${others.length > 0 && html`<p>${t.others(others.join(', '))}</p>`}`,
  });
}
