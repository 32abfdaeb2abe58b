import type { SmsNotice } from '#src/notices/notice.ts';
import { catalogue } from '#src/texts/language.ts';
import { formatDate, formatHour } from '#src/texts/typography.ts';
import { parisDate } from '#src/time/paris.ts';

export interface SmsContext {
  readonly serviceName: string;
  readonly telephone: string;
  /** The page «ce n’est pas moi» as people type it: without the scheme. */
  readonly disputePage: string;
  /** The page where a provisional code is typed, in the same form. */
  readonly codePage: string;
  /** When the reported event happened. */
  readonly happenedAt: Date;
}

/**
 * `essential` is always present, or the first of `shorter` that fits one segment if it does not; then the sentences of
 * `more` that fit, in this order. Never a link: addresses are for typing.
 */
export interface SmsText {
  readonly essential: string;
  readonly shorter?: readonly string[];
  readonly more: readonly string[];
}

type SmsContent = { [N in SmsNotice as N['kind']]: N['content'] };
type Texts = {
  readonly [Kind in keyof SmsContent]: (content: SmsContent[Kind], context: SmsContext) => SmsText;
};

export const smsTexts = catalogue<Texts>({
  fr: {
    'provisional-code-sms': ({ code, until }, { serviceName, telephone, codePage, happenedAt }) => ({
      essential: `${serviceName} : votre code est ${code}. Ne le donnez à personne, ni au ${telephone}.`,
      more: [
        `Valable jusqu’${frenchEnd(new Date(until), happenedAt)}.`,
        `Page : ${codePage}.`,
        'Pas vous ? Ignorez ce SMS.',
      ],
    }),
    'letter-unused-sms': ({ until }, { serviceName, telephone, codePage }) => ({
      essential: `${serviceName} : le code envoyé par courrier n’a pas encore servi. Il fonctionne jusqu’au ${formatDate(new Date(until), 'fr')}.`,
      more: [`Page : ${codePage}.`, `Pas reçu ? Appelez le ${telephone}.`],
    }),
    'account-created-sms': ({ dispute }, { serviceName, telephone, disputePage }) => ({
      essential: `${serviceName} : un compte a été ouvert à votre nom. Pas vous ? Bloquez-le : ${disputePage} code ${dispute} puis appelez le ${telephone}.`,
      shorter: [
        `${serviceName} : compte ouvert à votre nom. Pas vous ? Bloquez-le : ${disputePage} code ${dispute} puis appelez le ${telephone}.`,
        `${serviceName} : compte ouvert à votre nom. Pas vous ? Bloquez-le sur le site, page « Ce n’est pas moi », code ${dispute}, ou appelez le ${telephone}.`,
      ],
      more: ['C’était vous ? Tout va bien.'],
    }),
    'account-frozen-sms': (_content, { serviceName, telephone }) => ({
      essential: `${serviceName} : le compte à votre nom est bloqué, personne ne peut s’y connecter. Appelez le ${telephone}.`,
      more: ['Pour le reprendre : FranceConnect.'],
    }),
  },
  en: {
    'provisional-code-sms': ({ code, until }, { serviceName, telephone, codePage, happenedAt }) => ({
      essential: `${serviceName}: your code is ${code}. Do not give it to anybody, not even on ${telephone}.`,
      more: [
        `Valid until ${englishEnd(new Date(until), happenedAt)}.`,
        `Page: ${codePage}.`,
        'Not asked for it? Ignore this message.',
      ],
    }),
    'letter-unused-sms': ({ until }, { serviceName, telephone, codePage }) => ({
      essential: `${serviceName}: the code sent by letter has not been used yet. It works until ${formatDate(new Date(until), 'en')}.`,
      more: [`Page: ${codePage}.`, `Not received? Call ${telephone}.`],
    }),
    'account-created-sms': ({ dispute }, { serviceName, telephone, disputePage }) => ({
      essential: `${serviceName}: an account was opened in your name. Not you? Block it: ${disputePage} code ${dispute} then call ${telephone}.`,
      shorter: [
        `${serviceName}: account opened in your name. Not you? Block it: ${disputePage} code ${dispute} then call ${telephone}.`,
        `${serviceName}: account opened in your name. Not you? Block it on the site, page “This wasn’t me”, code ${dispute}, or call ${telephone}.`,
      ],
      more: ['Was it you? All is well.'],
    }),
    'account-frozen-sms': (_content, { serviceName, telephone }) => ({
      essential: `${serviceName}: the account in your name is blocked, nobody can sign in to it. Call ${telephone}.`,
      more: ['To take it back: FranceConnect.'],
    }),
  },
});

function frenchEnd(until: Date, happenedAt: Date): string {
  return parisDate(until) === parisDate(happenedAt)
    ? `à ${formatHour(until, 'fr')}`
    : `au ${formatDate(until, 'fr')} à ${formatHour(until, 'fr')}`;
}

function englishEnd(until: Date, happenedAt: Date): string {
  const hour = formatHour(until, 'en');
  return parisDate(until) === parisDate(happenedAt) ? hour : `${formatDate(until, 'en')} at ${hour}`;
}
