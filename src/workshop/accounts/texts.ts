import type { PasswordProblem } from '#src/passwords/rules.ts';
import { catalogue } from '#src/texts/language.ts';
import { invitationDays } from '#src/workshop/accounts/secrets.ts';

interface Texts {
  readonly signIn: Readonly<
    Record<'title' | 'byPassphrase' | 'identifier' | 'passphrase' | 'submit' | 'forgotten' | 'away', string>
  > & {
    readonly byProvider: (label: string) => string;
    readonly problems: Readonly<Record<'wrong' | 'wait' | 'busy', string>>;
  };
  readonly invitation: Readonly<
    Record<'lead' | 'identifier' | 'passphrase' | 'hint' | 'again' | 'submit' | 'different' | 'kept', string>
  > & {
    readonly title: (name: string) => string;
    readonly problems: Readonly<Record<PasswordProblem, string>>;
    readonly over: Readonly<Record<'title' | 'why' | 'next' | 'enter', string>>;
  };
  readonly change: Readonly<Record<'title' | 'lead' | 'present' | 'next' | 'submit' | 'wrong', string>>;
}

const french: Texts = {
  signIn: {
    title: 'Espace du formateur',
    byProvider: (label) => `Entrer avec ${label}`,
    away: 'Ce moyen d’entrer ne répond pas pour le moment. Réessayez dans quelques minutes.',
    byPassphrase: 'Entrer avec un mot de passe',
    identifier: 'Identifiant',
    passphrase: 'Mot de passe',
    submit: 'Entrer',
    forgotten: 'Mot de passe oublié\u00a0? Demandez un nouveau lien à la personne qui gère ce site.',
    problems: {
      wrong: 'L’identifiant ou le mot de passe n’est pas le bon.',
      wait: 'Il y a eu trop d’essais. Attendez un quart d’heure, ou demandez un nouveau lien à la personne qui gère ce site.',
      busy: 'Beaucoup de personnes utilisent le site. Attendez quelques secondes, puis recommencez.',
    },
  },
  invitation: {
    title: (name) => `Bienvenue, ${name}`,
    lead: 'Choisissez votre mot de passe. Ensuite, vous préparerez vos classes sur ce site.',
    identifier: 'Votre identifiant, à noter\u00a0:',
    passphrase: 'Mot de passe',
    hint: 'Au moins 12 caractères. Quatre mots sans rapport entre eux, par exemple.',
    again: 'Le même mot de passe, une seconde fois',
    submit: 'Ouvrir mon espace',
    different: 'Les deux mots de passe sont différents. Écrivez-les à nouveau.',
    kept: 'Ce site garde votre nom, votre identifiant et la date de votre dernier passage. Sans passage pendant un an, tout est effacé.',
    problems: {
      'length-short': 'Il faut au moins 12 caractères.',
      'length-long': 'Le mot de passe est trop long.',
      characters: 'Le mot de passe contient un caractère que l’on ne peut pas taper.',
      names: 'N’utilisez ni votre nom ni votre identifiant.',
      common: 'Ce mot de passe est trop courant\u00a0: il serait deviné.',
      personal: '',
      'latin-letters': '',
      'digit-or-special': '',
    },
    over: {
      title: 'Ce lien ne sert plus',
      why: `Il a déjà servi, un autre l’a remplacé, ou il a plus de ${invitationDays} jours.`,
      next: 'Si vous avez un mot de passe, entrez. Sinon, demandez un nouveau lien à la personne qui gère ce site.',
      enter: 'Entrer',
    },
  },
  change: {
    title: 'Changer votre mot de passe',
    lead: 'Sur vos autres appareils, il faudra entrer à nouveau.',
    present: 'Mot de passe actuel',
    next: 'Nouveau mot de passe',
    submit: 'Changer',
    wrong: 'Ce n’est pas votre mot de passe actuel.',
  },
};

const english: Texts = {
  signIn: {
    title: 'Trainer’s area',
    byProvider: (label) => `Enter with ${label}`,
    away: 'This way to enter does not answer at the moment. Try again in some minutes.',
    byPassphrase: 'Enter with a password',
    identifier: 'Identifier',
    passphrase: 'Password',
    submit: 'Enter',
    forgotten: 'Have you forgotten your password? Ask the person who runs this site for a new link.',
    problems: {
      wrong: 'The identifier or the password is not right.',
      wait: 'There were too many tries. Wait for a quarter of an hour, or ask the person who runs this site for a new link.',
      busy: 'Many people are using the site. Wait some seconds, then start again.',
    },
  },
  invitation: {
    title: (name) => `Welcome, ${name}`,
    lead: 'Choose your password. Then you will prepare your classes on this site.',
    identifier: 'Your identifier, to be noted:',
    passphrase: 'Password',
    hint: 'At least 12 characters. Four words that have nothing to do with each other, for example.',
    again: 'The same password a second time',
    submit: 'Open my area',
    different: 'The two passwords are different. Write them again.',
    kept: 'This site keeps your name, your identifier and the date of your latest visit. After a year without a visit, all is erased.',
    problems: {
      'length-short': 'At least 12 characters are needed.',
      'length-long': 'The password is too long.',
      characters: 'The password has a character that cannot be typed.',
      names: 'Use neither your name nor your identifier.',
      common: 'This password is too common: it would be guessed.',
      personal: '',
      'latin-letters': '',
      'digit-or-special': '',
    },
    over: {
      title: 'This link is no longer good',
      why: `It was used, another has replaced it, or it is more than ${invitationDays} days old.`,
      next: 'If you have a password, enter. If not, ask the person who runs this site for a new link.',
      enter: 'Enter',
    },
  },
  change: {
    title: 'Change your password',
    lead: 'On your other devices you will have to enter again.',
    present: 'Present password',
    next: 'New password',
    submit: 'Change',
    wrong: 'This is not your present password.',
  },
};

/** What trainers of a permanent site read when they enter. */
export const accountTexts = catalogue<Texts>({ fr: french, en: english });
