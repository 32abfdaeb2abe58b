import { formatNir } from '#src/civil-status/nir.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import { demoPassword } from '#src/fictitious/person.ts';
import { catalogue } from '#src/texts/language.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';
import { inFours, national } from '#src/workshop/classroom/role.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';
import { franceConnectOf } from '#src/workshop/franceconnect/identities.ts';
import { drawnCard, drawnRib } from '#src/workshop/learner/papers.ts';

const texts = catalogue({
  fr: {
    card: {
      photo: 'Votre carte Vitale',
      'sans-photo': 'Votre carte Vitale, sans photo',
      none: 'Vos papiers',
    },
    noCard: 'Cette personne n’a pas de carte Vitale. Elle demandera un code.',
    name: 'Nom',
    usageName: 'Nom d’usage',
    givenNames: 'Prénoms',
    nir: 'Numéro de sécurité sociale',
    serial: 'Numéro de série de la carte',
    birth: 'Date de naissance',
    bank: 'Votre compte bancaire (RIB)',
    noBank: 'Cette personne n’a pas donné de compte bancaire.',
    iban: 'IBAN',
    address: 'Votre adresse',
    email: 'Adresse email',
    mobile: 'Téléphone portable',
    franceConnect: 'Si l’exercice passe par FranceConnect, tapez-y ceci.',
    identifier: 'Identifiant',
    franceConnectPassword: 'Mot de passe FranceConnect',
    account: 'Votre compte en ligne',
    hasAccount: 'Cette personne a déjà un compte. Voici son mot de passe inventé.',
    hasForgotten: 'Cette personne a déjà un compte. Elle a oublié son mot de passe.',
    password: 'Mot de passe',
  },
  en: {
    card: {
      photo: 'Your carte Vitale',
      'sans-photo': 'Your carte Vitale, without a photo',
      none: 'Your papers',
    },
    noCard: 'This person has no carte Vitale. They will ask for a code.',
    name: 'Name',
    usageName: 'Name in use',
    givenNames: 'Given names',
    nir: 'Social security number',
    serial: 'Serial number of the card',
    birth: 'Date of birth',
    bank: 'Your bank account (RIB)',
    noBank: 'This person has given no bank account.',
    iban: 'IBAN',
    address: 'Your address',
    email: 'Email address',
    mobile: 'Mobile telephone',
    franceConnect: 'If the exercise goes through FranceConnect, type this there.',
    identifier: 'Identifier',
    franceConnectPassword: 'FranceConnect password',
    account: 'Your online account',
    hasAccount: 'This person has an account already. Here is the invented password.',
    hasForgotten: 'This person has an account already. They have forgotten the password.',
    password: 'Password',
  },
});

/** What the person of a seat has: a card or none, a bank account, an address, and an account where there is one. */
export function belongings(
  visit: Visit,
  plays: SeatPerson,
  { begins }: Pick<Scenario, 'begins'>,
  hasFranceConnect: boolean,
): Html {
  const t = texts[visit.voice];
  const { line, account } = plays.person;
  return html`${account !== null && accountPart(visit, begins)}
<h2 class="govuk-heading-m">${t.card[line.card?.type ?? 'none']}</h2>
${line.card === null ? html`<p class="govuk-body">${t.noCard}</p>` : drawnCard(visit, plays)}
${summaryList([
  { key: t.name, value: line.birthName },
  ...(line.usageName === null ? [] : [{ key: t.usageName, value: line.usageName }]),
  { key: t.givenNames, value: line.givenNames.join(', ') },
  { key: t.nir, value: formatNir(line.nir) },
  ...(line.card ? [{ key: t.serial, value: line.card.serial }] : []),
  { key: t.birth, value: line.birthDate.split('-').reverse().join('/') },
])}
<h2 class="govuk-heading-m">${t.bank}</h2>
${line.iban === null ? html`<p class="govuk-body">${t.noBank}</p>` : html`${drawnRib(visit, plays)}${summaryList([{ key: t.iban, value: inFours(line.iban) }])}`}
<h2 class="govuk-heading-m">${t.address}</h2>
<p class="govuk-body">${lines(line.address)}</p>
${summaryList([
  { key: t.email, value: plays.email },
  { key: t.mobile, value: national(plays.mobile) },
])}
${hasFranceConnect && franceConnectPart(visit, plays)}`;
}

function franceConnectPart(visit: Visit, plays: SeatPerson): Html {
  const t = texts[visit.voice];
  const { identifier, password } = franceConnectOf(plays);
  return html`<h2 class="govuk-heading-m">FranceConnect</h2>
<p class="govuk-body">${t.franceConnect}</p>
${summaryList([
  { key: t.identifier, value: identifier },
  { key: t.franceConnectPassword, value: password },
])}`;
}

function accountPart(visit: Visit, begins: Scenario['begins']): Html {
  const t = texts[visit.voice];
  const isKnown = begins === 'with-account';
  return html`<h2 class="govuk-heading-m">${t.account}</h2>
<p class="govuk-body">${isKnown ? t.hasAccount : t.hasForgotten}</p>
${isKnown && summaryList([{ key: t.password, value: demoPassword }])}`;
}

function lines(address: readonly string[]): Child {
  return address.map((one, index) => html`${index > 0 && html`<br>`}${one}`);
}
