import type { Anyone } from '#src/access/who.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { catalogue } from '#src/texts/language.ts';
import { insetText } from '#src/web/components/asides.ts';
import { type Html, html } from '#src/web/html.ts';
import { type PageRequest, Typed } from '#src/web/page.ts';
import type { Localised } from '#src/web/visit.ts';

const texts = catalogue({
  fr: 'FranceConnect nous a donné cette adresse. Gardez-la si vous la lisez souvent, ou remplacez-la par une autre.',
  en: 'FranceConnect gave us this address. Keep it if you read it often, or replace it with another one.',
  plain: {
    fr: 'FranceConnect nous a donné cette adresse. Vous la lisez souvent ? Gardez-la. Sinon, changez-la.',
    en: 'FranceConnect gave us this address. Do you read it often? Keep it. Otherwise, change it.',
  },
});

/** The address that FranceConnect sent, for the fields that nobody has filled yet: contact data, to be confirmed. */
export function offeredEmail({ session }: Anyone): Typed | null {
  const proof = session?.dossier?.answers.proof;
  if (proof?.route !== 'franceconnect' || proof.email === null || !parseEmail(proof.email).ok) return null;
  return new Typed(
    new Map([
      ['email', proof.email],
      ['emailConfirmation', proof.email],
    ]),
  );
}

/**
 * What was typed in the contact form. The page fills the second typing of the address that FranceConnect sent: under
 * another address it was not typed, and is asked for rather than called different.
 */
export function typedContact(request: PageRequest<Anyone>): Typed {
  const offered = offeredEmail(request)?.text('email');
  const { typed } = request;
  const left = offered !== undefined && typed.text('emailConfirmation') === offered;
  return left && typed.text('email') !== offered ? typed.without('emailConfirmation') : typed;
}

export function offeredEmailNote({ voice }: Localised): Html {
  return insetText(html`<p>${texts[voice]}</p>`);
}
