import type { PasswordProblem } from '#src/passwords/rules.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly problems: Readonly<Record<PasswordProblem, string>>;
  readonly empty: string;
  readonly confirmationEmpty: string;
  readonly different: string;
  readonly busy: string;
  readonly next: string;
}

/** The messages of a refused password; its labels are in `labels.ts`. */
export const passwordTexts = catalogue<Texts>({
  fr: {
    problems: {
      'length-short': 'Le mot de passe est trop court',
      'length-long': 'Le mot de passe est trop long',
      'latin-letters': 'Il manque une lettre minuscule ou une lettre majuscule, sans accent',
      'digit-or-special': 'Il manque un chiffre ou un caractère spécial',
      characters:
        'Le mot de passe contient un caractère que les règles n’admettent pas, comme une espace ou une lettre accentuée',
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
  },
  en: {
    problems: {
      'length-short': 'The password is too short',
      'length-long': 'The password is too long',
      'latin-letters': 'A lower case letter or an upper case letter is missing, without accents',
      'digit-or-special': 'A digit or a special character is missing',
      characters:
        'The password contains a character that the rules do not allow, such as a space or a letter with an accent',
      personal: 'The password contains your social security number or your date of birth, or a part of it',
      names: 'The password contains your name or your email address',
      common: 'This password is too common: it would be guessed at once',
    },
    empty: 'Choose a password',
    confirmationEmpty: 'Enter your password a second time',
    different: 'The two passwords are different. Enter them again',
    busy: 'Many people are using the service right now. Nothing is lost: wait a few seconds, enter your password again and continue',
    next: 'CONTINUE',
  },
  plain: {
    fr: {
      problems: {
        'length-short': 'Ce mot de passe est trop court',
        'length-long': 'Ce mot de passe est trop long',
        'digit-or-special': 'Il manque un chiffre ou un signe de la liste',
        characters: 'Il y a un signe que nous ne pouvons pas prendre, comme un espace ou un accent',
        personal: 'N’utilisez pas votre numéro de sécurité sociale ni votre date de naissance',
        names: 'N’utilisez pas votre nom, votre prénom ou votre adresse email',
        common: 'Beaucoup de personnes utilisent ce mot de passe. Choisissez-en un autre',
      },
      different: 'Les deux mots de passe sont différents. Écrivez-les à nouveau',
      busy: 'Beaucoup de personnes sont sur le site. Rien n’est perdu. Attendez un peu, puis écrivez à nouveau le mot de passe',
      next: 'Continuer',
    },
    en: {
      different: 'The two passwords are different. Write them again',
      busy: 'Many people are on the site. Nothing is lost. Wait a little, then write the password again',
      next: 'Continue',
    },
  },
});
