import type { PasswordProblem } from '#src/passwords/rules.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly must: string;
  readonly rules: {
    readonly length: (minimum: number, maximum: number) => string;
    readonly latin: string;
    readonly digit: (specials: string) => string;
    readonly allowed: string;
    readonly personal: string;
  };
  readonly advice: string;
  readonly required: string;
  readonly password: string;
  readonly confirmation: string;
  readonly problems: Readonly<Record<PasswordProblem, string>>;
  readonly empty: string;
  readonly confirmationEmpty: string;
  readonly different: string;
  readonly busy: string;
  readonly next: string;
  readonly cancel: string;
}

/** Rules in the words of the tutorials; used wherever a password is chosen. */
export const passwordTexts = catalogue<Texts>({
  fr: {
    title: 'Mot de passe',
    lead: 'Pour maintenir la confidentialité de vos informations, nous vous recommandons de ne pas choisir un mot de passe que vous utilisez déjà sur un autre site.',
    must: 'Votre mot de passe doit :',
    rules: {
      length: (minimum, maximum) => `Comporter entre ${minimum} et ${maximum} caractères`,
      latin: 'Contenir des caractères latins (de a jusqu’à z sans accent) minuscules et majuscules',
      digit: (specials) => `Contenir un chiffre ou un caractère spécial parmi les suivants : ${specials}`,
      allowed: 'Ne contenir que des caractères autorisés',
      personal:
        'Ne pas contenir votre numéro de sécurité sociale, votre date de naissance ou une partie de celle-ci',
    },
    advice:
      'Conseil : assemblez trois mots sans rapport entre eux, avec un chiffre. Plus c’est long, plus c’est sûr.',
    required: '* Champs obligatoires',
    password: 'Nouveau mot de passe',
    confirmation: 'Confirmer le mot de passe',
    problems: {
      'length-short': 'Le mot de passe est trop court',
      'length-long': 'Le mot de passe est trop long',
      'latin-letters': 'Il manque une lettre minuscule ou une lettre majuscule, sans accent',
      'digit-or-special': 'Il manque un chiffre ou un caractère spécial',
      characters:
        'Le mot de passe contient un caractère qui n’est pas autorisé, comme une espace ou une lettre accentuée',
      personal:
        'Le mot de passe contient votre numéro de sécurité sociale ou votre date de naissance, ou une partie de celle-ci',
      names: 'Le mot de passe contient votre nom, votre prénom ou votre adresse email',
      common: 'Ce mot de passe est trop courant : il serait deviné tout de suite',
    },
    empty: 'Choisissez un mot de passe',
    confirmationEmpty: 'Écrivez une seconde fois votre mot de passe',
    different: 'Les deux mots de passe sont différents. Saisissez-les à nouveau',
    busy: 'Beaucoup de personnes utilisent le service en ce moment. Rien n’est perdu : attendez quelques secondes, saisissez à nouveau votre mot de passe et continuez',
    next: 'CONTINUER',
    cancel: 'Annuler',
  },
  en: {
    title: 'Password',
    lead: 'To keep your information confidential, we advise you not to choose a password that you already use on another site.',
    must: 'Your password must:',
    rules: {
      length: (minimum, maximum) => `Be between ${minimum} and ${maximum} characters long`,
      latin: 'Contain Latin letters (a to z without accents), lower case and upper case',
      digit: (specials) => `Contain a digit or one of these special characters: ${specials}`,
      allowed: 'Contain only allowed characters',
      personal: 'Not contain your social security number, your date of birth or a part of it',
    },
    advice: 'Tip: put together three words that have nothing in common, and a digit. The longer, the safer.',
    required: '* Required fields',
    password: 'New password',
    confirmation: 'Confirm the password',
    problems: {
      'length-short': 'The password is too short',
      'length-long': 'The password is too long',
      'latin-letters': 'A lower case letter or an upper case letter is missing, without accents',
      'digit-or-special': 'A digit or a special character is missing',
      characters:
        'The password contains a character that is not allowed, such as a space or a letter with an accent',
      personal: 'The password contains your social security number or your date of birth, or a part of it',
      names: 'The password contains your name or your e-mail address',
      common: 'This password is too common: it would be guessed at once',
    },
    empty: 'Choose a password',
    confirmationEmpty: 'Enter your password a second time',
    different: 'The two passwords are different. Enter them again',
    busy: 'Many people are using the service right now. Nothing is lost: wait a few seconds, enter your password again and continue',
    next: 'CONTINUE',
    cancel: 'Cancel',
  },
});
