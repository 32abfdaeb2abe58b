import type { EmailProblem } from '#src/contact/email-address.ts';
import { catalogue } from '#src/texts/language.ts';

/** What is wrong with an e-mail address, and what to do. */
export const emailProblems = catalogue<Readonly<Record<EmailProblem, string>>>({
  fr: {
    empty: 'Écrivez votre adresse email',
    mailto: 'Effacez « mailto: » : l’adresse commence juste après',
    website:
      'Ceci est l’adresse d’un site. Une adresse email contient le signe @. Exemple : prenom.nom@exemple.fr',
    'at-in-words': 'Écrivez le signe @ à la place de « arobase » ou de « at »',
    'no-at': 'Il manque le signe @ dans cette adresse. Exemple : prenom.nom@exemple.fr',
    'two-addresses': 'Il y a plusieurs adresses dans cette case. Écrivez-en une seule',
    'two-ats': 'Il y a deux signes @ dans cette adresse. Gardez-en un seul',
    brackets: 'Enlevez les signes < et > et le nom : écrivez seulement l’adresse',
    quotes: 'Enlevez les guillemets : écrivez seulement l’adresse',
    comma: 'Une adresse email n’a pas de virgule. Mettez un point à sa place, ou enlevez-la',
    semicolon: 'Une adresse email n’a pas de point-virgule. Mettez un point à sa place, ou enlevez-le',
    space: 'Une adresse email n’a pas d’espace. Enlevez l’espace',
    accents: 'Avant le signe @, écrivez des lettres sans accent ni cédille. Exemple : e à la place de é',
    characters:
      'Cette adresse contient un signe impossible, comme une parenthèse, une barre ou deux points. Enlevez-le',
    dots: 'Un point est de trop : au début, à la fin, à côté du signe @, ou deux de suite. Enlevez-le',
    'local-part': 'Il manque ce qui vient avant le signe @. Exemple : prenom.nom@exemple.fr',
    incomplete: 'Il manque la fin de cette adresse, comme .fr ou .com. Exemple : prenom.nom@exemple.fr',
    domain:
      'Vérifiez ce qui vient après le signe @ : ce n’est pas le nom d’une messagerie. Exemple : exemple.fr',
    'too-long': 'Cette adresse email est trop longue. Vérifiez que vous avez écrit une seule adresse',
  },
  en: {
    empty: 'Enter your email address',
    mailto: 'Delete “mailto:”: the address begins just after it',
    website:
      'This is the address of a website. An email address has an @ sign. Example: firstname.name@example.com',
    'at-in-words': 'Enter the @ sign in place of the word “at”',
    'no-at': 'The @ sign is missing from this address. Example: firstname.name@example.com',
    'two-addresses': 'There are several addresses in this box. Enter only one',
    'two-ats': 'There are two @ signs in this address. Keep only one',
    brackets: 'Remove the signs < and > and the name: enter only the address',
    quotes: 'Remove the quotation marks: enter only the address',
    comma: 'An email address has no comma. Replace it with a full stop, or remove it',
    semicolon: 'An email address has no semicolon. Replace it with a full stop, or remove it',
    space: 'An email address has no space. Remove the space',
    accents: 'Before the @ sign, enter letters without accents. Example: e in place of é',
    characters:
      'This address has a sign that is not possible, such as a bracket, a slash or a colon. Remove it',
    dots: 'There is a full stop too many: at the start, at the end, next to the @ sign, or two in a row. Remove it',
    'local-part': 'What comes before the @ sign is missing. Example: firstname.name@example.com',
    incomplete:
      'The end of this address is missing, such as .fr or .com. Example: firstname.name@example.com',
    domain: 'Check what comes after the @ sign: it is not the name of a mail provider. Example: example.com',
    'too-long': 'This email address is too long. Check that you entered only one address',
  },
});
