import { type Fault, faults } from '#src/exercise/class-event.ts';
import { catalogue } from '#src/texts/language.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** What a learner is told of something true or forged, by the last part of its address. */
export const verdicts = [
  'courriel-faux',
  'courriel-vrai',
  'lien-du-courriel',
  'lettre-fausse',
  'lettre-vraie',
  'lien-de-la-lettre',
  'appel-raccroche',
  'appel-code',
  'bravo-indesirables',
  'bravo-attente',
  'bravo-lien',
  'bravo-compte',
  'bravo-franceconnect',
] as const;
export type Verdict = (typeof verdicts)[number];

/** Where a learner is told why they have dealt rightly with something. */
const praises: Readonly<Record<Fault, Verdict>> = {
  'mail-in-spam': 'bravo-indesirables',
  'mail-delayed': 'bravo-attente',
  'link-dead': 'bravo-lien',
  'account-locked': 'bravo-compte',
  'franceconnect-down': 'bravo-franceconnect',
  'phishing-mail': 'courriel-faux',
  'forged-letter': 'lettre-fausse',
  'call-for-a-code': 'appel-raccroche',
};

export function praiseAddress(fault: Fault): string {
  return verdictAddress(praises[fault]);
}

/** What a page praises for; null for one that does not. */
export function praisedFault(verdict: Verdict): Fault | null {
  return faults.find((one) => praises[one] === verdict) ?? null;
}

const texts = catalogue({
  fr: {
    back: 'Mon poste',
    mails: 'Lire mes emails',
    letters: 'Ouvrir ma boîte aux lettres',
    reportMail: 'Dire que cet email est faux',
    reportLetter: 'Dire que cette lettre est fausse',
    forgedLetter: 'Courrier du jour',
    openLetter: 'Ouvrir la lettre',
    call: 'Votre téléphone sonne',
    caller:
      '«\u00a0Bonjour, ici l’Assurance Maladie. Vous venez de recevoir un code par SMS. Lisez-le-moi, s’il vous plaît.\u00a0»',
    hangUp: 'Raccrocher',
    giveCode: 'Lire le code',
    why: 'Vous avez bien réagi. Lisez pourquoi\u00a0:',
    pages: {
      'courriel-faux': {
        title: 'Bravo, cet email était faux',
        text: [
          'L’adresse de l’expéditeur n’est pas celle de l’Assurance Maladie.',
          'L’Assurance Maladie ne demande jamais un numéro de carte bancaire.',
          'Un faux message veut toujours aller vite, pour que vous ne réfléchissiez pas.',
        ],
      },
      'courriel-vrai': {
        title: 'Cet email était vrai',
        text: [
          'Vous avez raison de vous méfier. Cet email vient bien du service.',
          'Il ne demande ni carte bancaire, ni mot de passe.',
          'Dans le doute, tapez vous-même l’adresse du site.',
        ],
      },
      'lien-du-courriel': {
        title: 'C’était un piège',
        text: [
          'Rien de grave\u00a0: ici, tout est inventé. Dans la vraie vie, cette page demanderait votre carte bancaire.',
          'Ne tapez rien sur une telle page. Fermez-la.',
          'Si vous avez déjà donné votre carte, appelez tout de suite votre banque.',
          'Retournez maintenant à l’email, et dites qu’il est faux.',
        ],
      },
      'lettre-fausse': {
        title: 'Bravo, cette lettre était fausse',
        text: [
          'La carte Vitale est gratuite. Elle n’expire pas.',
          'L’Assurance Maladie ne demande jamais un numéro de carte bancaire.',
          'Une lettre aussi peut mentir. Dans le doute, appelez votre caisse au 3646.',
        ],
      },
      'lettre-vraie': {
        title: 'Cette lettre était vraie',
        text: [
          'Vous avez raison de vous méfier. Cette lettre vient bien de votre caisse.',
          'Dans le doute, appelez votre caisse au 3646.',
        ],
      },
      'lien-de-la-lettre': {
        title: 'C’était un piège',
        text: [
          'Rien de grave\u00a0: ici, tout est inventé. Ce dessin vous menait vers un faux site.',
          'Ne donnez jamais votre carte bancaire sur une telle page.',
          'Retournez à votre boîte aux lettres, et dites que la lettre est fausse.',
        ],
      },
      'appel-raccroche': {
        title: 'Bravo, vous avez raccroché',
        text: [
          'Un code reçu par SMS ne se dit à personne, même au téléphone.',
          'Un vrai conseiller ne vous le demandera jamais.',
        ],
      },
      'appel-code': {
        title: 'Ne donnez jamais ce code',
        text: [
          'Rien de grave\u00a0: ici, tout est inventé. Avec ce code, un voleur entrerait dans le compte.',
          'Un vrai conseiller ne demande jamais un code reçu par SMS.',
          'Retournez à votre poste, et raccrochez.',
        ],
      },
      'bravo-indesirables': {
        title: 'Bravo, vous avez regardé dans «\u00a0Indésirables\u00a0»',
        text: [
          'La boîte des emails se trompe parfois. Elle range un vrai email avec les publicités.',
          'Quand un email ne vient pas, regardez d’abord là.',
          'Regardez toujours qui l’envoie avant d’ouvrir son lien.',
        ],
      },
      'bravo-attente': {
        title: 'Bravo, vous avez attendu',
        text: [
          'Un email met parfois du temps. Ce n’est pas une panne.',
          'Attendez un peu, et regardez aussi dans «\u00a0Indésirables\u00a0».',
          'Demander dix fois envoie dix emails. Seul le dernier marche alors.',
        ],
      },
      'bravo-lien': {
        title: 'Bravo, vous avez demandé un autre lien',
        text: [
          'Un lien reçu par email ne marche pas toujours\u00a0: il devient trop vieux.',
          'Il n’y a rien à refaire depuis le début. Il suffit d’en demander un autre.',
          'C’est alors le dernier email reçu qui compte.',
        ],
      },
      'bravo-compte': {
        title: 'Bravo, vous n’avez pas insisté',
        text: [
          'Après trop d’essais, un compte se bloque un moment. Cela arrête les voleurs.',
          'Il se débloque tout seul, à l’heure écrite sur la page.',
          'On peut aussi choisir un nouveau mot de passe, avec «\u00a0Mot de passe oublié\u00a0».',
        ],
      },
      'bravo-franceconnect': {
        title: 'Bravo, vous avez pris un autre chemin',
        text: [
          'FranceConnect peut tomber en panne. Votre compte n’a rien.',
          'On revient au service, et on prend un autre moyen, ou on attend.',
          'Recharger la page dix fois ne sert à rien.',
        ],
      },
    },
  },
  en: {
    back: 'My desk',
    mails: 'Read my emails',
    letters: 'Open my letter box',
    reportMail: 'Say that this email is fake',
    reportLetter: 'Say that this letter is fake',
    forgedLetter: 'Letter of today',
    openLetter: 'Open the letter',
    call: 'Your telephone rings',
    caller:
      '“Hello, this is the Assurance Maladie. You have just received a code by text message. Please read it to me.”',
    hangUp: 'Hang up',
    giveCode: 'Read the code out',
    why: 'You reacted well. Read why:',
    pages: {
      'courriel-faux': {
        title: 'Well done, this email was fake',
        text: [
          'The sender’s address is not the one of the Assurance Maladie.',
          'The Assurance Maladie never asks for the number of a bank card.',
          'A fake message is always in a hurry, so that you do not think.',
        ],
      },
      'courriel-vrai': {
        title: 'This email was real',
        text: [
          'You are right to be careful. This email does come from the service.',
          'It asks for no bank card and no password.',
          'When in doubt, type the address of the site yourself.',
        ],
      },
      'lien-du-courriel': {
        title: 'This was a trap',
        text: [
          'No harm is done: everything here is invented. In real life, this page would ask for your bank card.',
          'Type nothing on such a page. Close it.',
          'If you have given your card already, call your bank at once.',
          'Now return to the email, and say that it is fake.',
        ],
      },
      'lettre-fausse': {
        title: 'Well done, this letter was fake',
        text: [
          'The carte Vitale is free. It does not expire.',
          'The Assurance Maladie never asks for the number of a bank card.',
          'A letter can lie too. When in doubt, call your fund on 3646.',
        ],
      },
      'lettre-vraie': {
        title: 'This letter was real',
        text: [
          'You are right to be careful. This letter does come from your fund.',
          'When in doubt, call your fund on 3646.',
        ],
      },
      'lien-de-la-lettre': {
        title: 'This was a trap',
        text: [
          'No harm is done: everything here is invented. This drawing led you to a fake site.',
          'Never give your bank card on such a page.',
          'Return to your letter box, and say that the letter is fake.',
        ],
      },
      'appel-raccroche': {
        title: 'Well done, you hung up',
        text: [
          'A code received by text message is told to nobody, not even by telephone.',
          'A real adviser will never ask you for it.',
        ],
      },
      'appel-code': {
        title: 'Never give this code away',
        text: [
          'No harm is done: everything here is invented. With this code, a thief would enter the account.',
          'A real adviser never asks for a code received by text message.',
          'Return to your desk, and hang up.',
        ],
      },
      'bravo-indesirables': {
        title: 'Well done, you looked in “Spam”',
        text: [
          'A mailbox is sometimes wrong, and puts a real email with the advertising.',
          'When an email does not come, look there first.',
          'Always look who sends it before you open its link.',
        ],
      },
      'bravo-attente': {
        title: 'Well done, you waited',
        text: [
          'An email sometimes takes a while. Nothing is broken.',
          'Wait a little, and look in “Spam” too.',
          'Asking ten times sends ten emails. Only the last one works then.',
        ],
      },
      'bravo-lien': {
        title: 'Well done, you asked for another link',
        text: [
          'A link received by email does not always work: it becomes too old.',
          'Nothing has to be done again from the start. Just ask for another one.',
          'The last email received is then the one that counts.',
        ],
      },
      'bravo-compte': {
        title: 'Well done, you did not insist',
        text: [
          'After too many tries, an account is blocked for a while. This stops thieves.',
          'It is free again by itself, at the time written on the page.',
          'You can also choose a new password, with “Forgotten password”.',
        ],
      },
      'bravo-franceconnect': {
        title: 'Well done, you took another way',
        text: [
          'FranceConnect can be out of order. Nothing has happened to your account.',
          'One returns to the service, and takes another way, or waits.',
          'Reloading the page ten times does not help.',
        ],
      },
    },
  },
});

export function verdictAddress(verdict: Verdict): string {
  return workshopPaths.seatVerdict.replace(':id', verdict);
}

/** What was wrong or right, and what to do. It asks for nothing. */
export function verdictView(visit: Visit, verdict: Verdict): PageAnswer {
  const t = texts[visit.voice];
  const { title, text } = t.pages[verdict];
  const next =
    verdict === 'lien-du-courriel'
      ? button({ href: workshopPaths.seatMails, text: t.mails })
      : verdict === 'lien-de-la-lettre' && button({ href: workshopPaths.seatLetters, text: t.letters });
  return {
    kind: 'page',
    title,
    back: { href: workshopPaths.seat, text: t.back },
    body: html`<h1 class="govuk-heading-l">${title}</h1>
${text.map((one) => html`<p class="govuk-body">${one}</p>`)}
${next || button({ href: workshopPaths.seat, text: t.back })}`,
  };
}

/** By which a learner says that a mail is forged: every mail has it, so that it tells nothing. */
export function mailReport(visit: Visit): Html {
  return form(visit, {
    body: html`<input type="hidden" name="avis" value="faux">${button({ text: texts[visit.voice].reportMail, style: 'secondary' })}`,
  });
}

/** The same for each letter. `id`: `recu` for what came outside the service. */
export function letterReport(visit: Visit, id: string): Html {
  return form(visit, {
    action: workshopPaths.seatLetters,
    body: html`<input type="hidden" name="lettre" value="${id}">${button({ text: texts[visit.voice].reportLetter, style: 'secondary' })}`,
  });
}

/** The forged letter in the letter box. */
export function forgedTile(visit: Visit, mark: Html | null): Html {
  const t = texts[visit.voice];
  return html`<li class="tile"><h2 class="govuk-heading-m">${t.forgedLetter}${mark}</h2>${button({ href: workshopPaths.seatForged, text: t.openLetter })} ${letterReport(visit, 'recu')}</li>`;
}

/** Somebody who calls and wants a code. */
export function callPanel(visit: Visit): Html {
  const t = texts[visit.voice];
  const answer = (value: string, text: string) => button({ text, name: 'appel', value, style: 'secondary' });
  return html`<h2 class="govuk-heading-m">${t.call}</h2>
<p class="govuk-body">${t.caller}</p>
${form(visit, { body: buttonGroup(answer('raccrocher', t.hangUp), answer('code', t.giveCode)) })}`;
}

/** What the learner has dealt with rightly, and has not read yet why it was right. */
export function praisePanel(visit: Visit, unread: readonly Fault[]): Html {
  const t = texts[visit.voice];
  const items = unread.map(
    (fault) =>
      html`<li><a class="govuk-link" href="${praiseAddress(fault)}">${t.pages[praises[fault]].title}</a></li>`,
  );
  return insetText(html`<p class="govuk-body">${t.why}</p><ul class="govuk-list">${items}</ul>`);
}
