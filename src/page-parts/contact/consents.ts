import type { ConsentPurpose } from '#src/policy/schema.ts';
import { catalogue, isPlain, type Voice } from '#src/texts/language.ts';
import type { Visit } from '#src/web/visit.ts';

/** The text of a consent. Those with the same question are grouped under it, each with its channel. */
export interface ConsentWords {
  readonly question: string;
  /** «Par Téléphone :», or null when the question suffices. */
  readonly channel: string | null;
  /** Which telephone it is, for screen readers, which read it apart from the number above. */
  readonly about: string | null;
}

type Wording = Visit['wording']['contact'];
type AllWords = Readonly<Record<ConsentPurpose, ConsentWords>>;

const only = (question: string): ConsentWords => ({ question, channel: null, about: null });

const byTelephone = catalogue({
  fr: 'J’autorise l’Assurance Maladie à me communiquer des informations promotionnelles sur ses services :',
  en: 'I allow the Assurance Maladie to give me promotional information about its services:',
});

const plainNews = {
  fr: 'L’Assurance Maladie peut-elle vous parler de ses services à ce numéro ?',
  en: 'May the Assurance Maladie contact you about its services on this number?',
} as const;

const services = catalogue<AllWords>({
  fr: {
    promoEmail: only(
      'J’autorise l’Assurance Maladie à m’envoyer par email des informations promotionnelles sur ses services :',
    ),
    promoPortableTelephone: { question: byTelephone.fr, channel: 'Par Téléphone :', about: '(portable)' },
    promoPortableSms: { question: byTelephone.fr, channel: 'Par SMS :', about: '(portable)' },
    promoFixeTelephone: { question: byTelephone.fr, channel: 'Par Téléphone :', about: '(fixe)' },
    contactTelephone: only('J’autorise l’Assurance Maladie à me contacter par téléphone :'),
    contactSms: only(
      'J’autorise l’Assurance Maladie à m’adresser des informations par SMS (rappel de rendez-vous médicaux, suivi administratif…) :',
    ),
    etudes: only(
      'J’accepte d’être sollicité(e) dans le cadre d’études menées par l’Assurance Maladie ou ses partenaires :',
    ),
  },
  en: {
    promoEmail: only(
      'I allow the Assurance Maladie to send me promotional information about its services by email:',
    ),
    promoPortableTelephone: { question: byTelephone.en, channel: 'By telephone:', about: '(mobile)' },
    promoPortableSms: { question: byTelephone.en, channel: 'By text message:', about: '(mobile)' },
    promoFixeTelephone: { question: byTelephone.en, channel: 'By telephone:', about: '(landline)' },
    contactTelephone: only('I allow the Assurance Maladie to contact me by telephone:'),
    contactSms: only(
      'I allow the Assurance Maladie to send me information by text message (reminders of medical appointments, administrative follow-up…):',
    ),
    etudes: only('I agree to be contacted for studies led by the Assurance Maladie or its partners:'),
  },
  plain: {
    fr: {
      promoEmail: only('Voulez-vous des emails de l’Assurance Maladie sur ses services ?'),
      promoPortableTelephone: {
        question: plainNews.fr,
        channel: 'Par téléphone :',
        about: '(portable)',
      },
      promoPortableSms: { question: plainNews.fr, channel: 'Par SMS :', about: '(portable)' },
      promoFixeTelephone: { question: plainNews.fr, channel: 'Par téléphone :', about: '(fixe)' },
      contactTelephone: only('L’Assurance Maladie peut-elle vous téléphoner ?'),
      contactSms: only('L’Assurance Maladie peut-elle vous envoyer des SMS (rendez-vous, dossier…) ?'),
      etudes: only('L’Assurance Maladie ou ses partenaires peuvent-ils vous contacter pour des études ?'),
    },
    en: {
      promoEmail: only('Do you want emails from the Assurance Maladie about its services?'),
      promoPortableTelephone: { question: plainNews.en, channel: 'By telephone:', about: '(mobile)' },
      promoPortableSms: { question: plainNews.en, channel: 'By text message:', about: '(mobile)' },
      promoFixeTelephone: { question: plainNews.en, channel: 'By telephone:', about: '(landline)' },
      contactTelephone: only('May the Assurance Maladie call you?'),
      contactSms: only('May the Assurance Maladie send you text messages (appointments, your file…)?'),
      etudes: only('May the Assurance Maladie or its partners contact you for studies?'),
    },
  },
});

const newsletterEmail = catalogue({
  fr: only(
    'J’autorise l’Assurance Maladie à m’envoyer des informations par email (Newsletter, promotions de services…) :',
  ),
  en: only(
    'I allow the Assurance Maladie to send me information by email (newsletter, promotion of services…):',
  ),
});

/** The version changes with any text above: each answer is stored with the text that was shown. */
const versions: Readonly<Record<Wording | 'plain', string>> = {
  services: '2026-03',
  newsletter: '2020-04',
  plain: '2026-11-simple',
};

export function consentWords(purpose: ConsentPurpose, wording: Wording, voice: Voice): ConsentWords {
  if (wording === 'newsletter' && purpose === 'promoEmail' && !isPlain(voice)) return newsletterEmail[voice];
  return services[voice][purpose];
}

/** The exact text of a consent, and its version. */
export function consentText(
  purpose: ConsentPurpose,
  wording: Wording,
  voice: Voice,
): { readonly version: string; readonly text: string } {
  const { question, channel, about } = consentWords(purpose, wording, voice);
  const text = [question, channel, about].filter((part) => part !== null).join(' ');
  return { version: versions[isPlain(voice) ? 'plain' : wording], text };
}
