import type { CodeChannel, KnownChannel } from '#src/codes/rules.ts';
import { paths } from '#src/paths.ts';
import { catalogue } from '#src/texts/language.ts';
import { formatNotBefore } from '#src/texts/typography.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';
import { button } from '#src/web/components/button.ts';
import { telephoneLink, writtenContact } from '#src/web/components/links.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Answer, PageRequest } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

const hrefs = {
  franceConnect: `${paths.franceConnect}?pour=creation`,
  'type-code': paths.provisionalCode,
  'ask-code': paths.notEligible,
  card: paths.proof,
  identity: paths.identity,
  'email-code': paths.waiting,
  'correct-address': paths.waitingAddress,
  'sign-in': paths.signIn,
  forgotten: paths.forgotten,
  'new-address': paths.accountEmail,
  account: paths.account,
} as const;

/**
 * A way that is left to somebody who is suspended on another one: each limit suspends one way only. `until`: null where
 * it can be used now. `receive`: a code by a channel that the register knows; `ask-code`: by one of those that a neutral
 * policy offers to everybody; `mail`: the link of a mail that was sent, which no limit stops.
 */
export type Way =
  | { readonly kind: 'receive'; readonly to: KnownChannel; readonly until: Date | null }
  | { readonly kind: keyof typeof hrefs | 'mail'; readonly until: Date | null };

interface Texts {
  readonly title: string;
  readonly text: (until: string) => string;
  readonly open: string;
  readonly later: string;
  readonly not: string;
  readonly receive: Readonly<Record<CodeChannel, (masked: string) => string>>;
  readonly ways: Readonly<Record<Exclude<Way['kind'], 'receive'>, string>>;
  readonly notBefore: (way: string, until: string) => string;
  readonly home: string;
  readonly call: string;
}

const texts = catalogue<Texts>({
  fr: {
    title: 'Trop d’essais',
    text: (until) =>
      `Il y a eu trop d’essais. Pour protéger les données de chacun, cette page est fermée pour le moment. Prochain essai possible : ${until}.`,
    open: 'Ce que vous pouvez faire maintenant',
    later: 'Ce qui sera possible plus tard',
    not: 'Avant cette heure, un nouvel essai ne marchera pas. Préparez votre carte Vitale et le RIB du compte où arrivent vos remboursements.',
    receive: {
      sms: (masked) => `Recevoir un code provisoire par SMS au ${masked}`,
      email: (masked) => `Recevoir un code provisoire par email à ${masked}`,
      letter: (masked) => `Recevoir un code provisoire par courrier à votre adresse : ${masked}`,
    },
    ways: {
      franceConnect: 'Ouvrir mon compte avec FranceConnect',
      'type-code': 'Saisir un code provisoire que j’ai reçu',
      'ask-code': 'Demander un code provisoire',
      card: 'Ouvrir mon compte avec ma carte Vitale et mon RIB',
      identity: 'Créer mon compte',
      'email-code': 'Recopier le code reçu par email',
      'correct-address': 'Corriger mon adresse email, et recevoir un nouveau message',
      'sign-in': 'Me connecter, pour recevoir un nouveau message ou corriger mon adresse',
      forgotten: 'Choisir un nouveau mot de passe',
      'new-address': 'Demander un nouveau message, avec un autre code',
      account: 'Retour à mon compte',
      mail: 'Ouvrir le message le plus récent que vous avez reçu, et appuyer sur son bouton : il fonctionne toujours.',
    },
    notBefore: (way, until) => `${way} : ${until}.`,
    home: 'Retour à l’accueil',
    call: 'Téléphoner à votre caisse :',
  },
  en: {
    title: 'Too many attempts',
    text: (until) =>
      `There have been too many attempts. To protect everybody’s data, this page is closed for the moment. Next attempt possible: ${until}.`,
    open: 'What you can do now',
    later: 'What will be possible later',
    not: 'Another attempt before then will not work. Meanwhile, have your carte Vitale at hand, and the details of the account where your reimbursements arrive.',
    receive: {
      sms: (masked) => `Receive a provisional code by text message to ${masked}`,
      email: (masked) => `Receive a provisional code by email to ${masked}`,
      letter: (masked) => `Receive a provisional code by post at your address: ${masked}`,
    },
    ways: {
      franceConnect: 'Open my account with FranceConnect',
      'type-code': 'Enter a provisional code that I have received',
      'ask-code': 'Ask for a provisional code',
      card: 'Open my account with my carte Vitale and bank details',
      identity: 'Create my account',
      'email-code': 'Enter the code received by email',
      'correct-address': 'Correct my email address, and receive a new message',
      'sign-in': 'Sign in, to receive a new message or correct my address',
      forgotten: 'Choose a new password',
      'new-address': 'Ask for a new message, with another code',
      account: 'Back to my account',
      mail: 'Open the most recent message that you have received, and press its button: it still works.',
    },
    notBefore: (way, until) => `${way}: ${until}.`,
    home: 'Back to the home page',
    call: 'Call your caisse:',
  },
  plain: {
    fr: {
      title: 'Il y a eu trop d’essais',
      text: (until) =>
        `Cette page est fermée pour le moment. C’est pour protéger tout le monde. Vous pourrez réessayer ${until}.`,
      later: 'Ce que vous pourrez faire plus tard',
      not: 'Avant cette heure, un essai ne marchera pas. Préparez votre carte Vitale et votre RIB.',
      receive: {
        sms: (masked) => `Recevoir un code par SMS au ${masked}`,
        email: (masked) => `Recevoir un code par email à ${masked}`,
        letter: (masked) => `Recevoir un code par courrier à votre adresse : ${masked}`,
      },
      ways: {
        'type-code': 'Recopier un code reçu',
        'ask-code': 'Demander un code',
        card: 'Ouvrir mon compte avec la carte Vitale et le RIB',
        'email-code': 'Recopier le code de l’email',
        'new-address': 'Demander un nouvel email, avec un autre code',
        mail: 'Ouvrir l’email le plus récent et appuyer sur le bouton. Il fonctionne toujours.',
      },
      call: 'Téléphonez à votre caisse :',
    },
    en: {
      title: 'There were too many attempts',
      later: 'What you can do later',
    },
  },
});

/** The page for a suspended person or client: until when, what is possible now, what will be later. 429. */
export function blockedPage({ visit, now }: PageRequest, until: Date, ways: readonly Way[] = []): Answer {
  const t = texts[visit.voice];
  const open = ways.filter((way) => way.until === null).map((way) => html`<li>${openWay(visit, way)}</li>`);
  const later = ways.flatMap((way) =>
    way.until
      ? [html`<li>${t.notBefore(wordsOf(visit, way), formatNotBefore(way.until, visit.voice))}</li>`]
      : [],
  );
  return {
    kind: 'page',
    status: 429,
    title: t.title,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      <p class="govuk-body">${t.text(formatNotBefore(until, visit.voice))}</p>
      <p class="govuk-body">${t.not}</p>
      <h2 class="govuk-heading-m">${t.open}</h2>
      <ul class="govuk-list govuk-list--bullet">${open}<li>${t.call} ${telephoneLink(visit.supportTelephone)}</li></ul>
      ${later.length > 0 && html`<h2 class="govuk-heading-m">${t.later}</h2><ul class="govuk-list govuk-list--bullet">${later}</ul>`}
      ${writtenContact(visit)}
      ${button({ text: t.home, href: paths.home, style: 'secondary' })}`,
    retryAfterSeconds: secondsUntil(until, now),
  };
}

function openWay(visit: Visit, way: Way): Html | string {
  const words = wordsOf(visit, way);
  if (way.kind === 'mail') return words;
  const href = way.kind === 'receive' ? paths.otherWays : hrefs[way.kind];
  return html`<a class="govuk-link" href="${href}">${words}</a>`;
}

function wordsOf({ voice }: Visit, way: Way): string {
  const t = texts[voice];
  return way.kind === 'receive' ? t.receive[way.to.channel](way.to.masked) : t.ways[way.kind];
}
