import type { SmsNotice } from '#src/notices/notice.ts';
import { parisDate } from '#src/paris.ts';
import { catalogue } from '#src/texts/language.ts';
import { formatDate, formatHour } from '#src/texts/typography.ts';

export interface SmsContext {
  readonly serviceName: string;
  readonly telephone: string;
  /** When what the SMS tells happened. */
  readonly at: Date;
}

/** `essential` is always said; the rest as far as one segment holds it, in this order. Never a link. */
export interface SmsText {
  readonly essential: string;
  readonly more: readonly string[];
}

type SmsContent = { [N in SmsNotice as N['kind']]: N['content'] };
type Texts = {
  readonly [Kind in keyof SmsContent]: (content: SmsContent[Kind], context: SmsContext) => SmsText;
};

export const smsTexts = catalogue<Texts>({
  fr: {
    'provisional-code-sms': ({ code, until }, { serviceName, telephone, at }) => ({
      essential: `${serviceName} : votre code est ${code}. Ne le donnez à personne, y compris au ${telephone}.`,
      more: [`Il sert une fois, jusqu’${frenchEnd(new Date(until), at)}.`, 'Rien demandé ? Ignorez ce SMS.'],
    }),
    'letter-unused-sms': ({ until }, { serviceName, telephone }) => ({
      essential: `${serviceName} : le code envoyé par courrier n’a pas encore servi. Il fonctionne jusqu’au ${formatDate(new Date(until), 'fr')}.`,
      more: [`Pas reçu ? Appelez le ${telephone}.`],
    }),
    'account-created-sms': (_content, { serviceName, telephone }) => ({
      essential: `${serviceName} : un compte a été ouvert à votre nom. Ce n’était pas vous ? Appelez tout de suite le ${telephone}.`,
      more: ['C’était vous ? Tout va bien.'],
    }),
  },
  en: {
    'provisional-code-sms': ({ code, until }, { serviceName, telephone, at }) => ({
      essential: `${serviceName}: your code is ${code}. Do not give it to anybody, not even on ${telephone}.`,
      more: [
        `It works once, until ${englishEnd(new Date(until), at)}.`,
        'Not asked for it? Ignore this message.',
      ],
    }),
    'letter-unused-sms': ({ until }, { serviceName, telephone }) => ({
      essential: `${serviceName}: the code sent by letter has not been used yet. It works until ${formatDate(new Date(until), 'en')}.`,
      more: [`Not received? Call ${telephone}.`],
    }),
    'account-created-sms': (_content, { serviceName, telephone }) => ({
      essential: `${serviceName}: an account was opened in your name. Was it not you? Call ${telephone} straight away.`,
      more: ['Was it you? All is well.'],
    }),
  },
});

function frenchEnd(until: Date, at: Date): string {
  return parisDate(until) === parisDate(at)
    ? `à ${formatHour(until, 'fr')}`
    : `au ${formatDate(until, 'fr')} à ${formatHour(until, 'fr')}`;
}

function englishEnd(until: Date, at: Date): string {
  const hour = formatHour(until, 'en');
  return parisDate(until) === parisDate(at) ? hour : `${formatDate(until, 'en')} at ${hour}`;
}
