import type { Policy } from '#src/policy/schema.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly required: string;
  readonly password: string;
  /** Where no provisional code is accepted in its place. */
  readonly passwordAlone: Readonly<Record<Policy['password']['word'], string>>;
  /** With the lengths of the provisional codes, as the tutorials of those codes print it. */
  readonly withLengths: (word: Policy['password']['word'], lengths: readonly number[]) => string;
  readonly passwordEmpty: string;
  readonly forgotten: Readonly<Record<Policy['password']['word'], string>>;
  readonly first: string;
  readonly create: string;
  readonly submit: string;
  readonly refused: (instant: string) => string;
  /** What to do after a refusal: the same for everybody. */
  readonly adviceTitle: string;
  readonly advice: (
    delay: { readonly failures: number; readonly minutes: number } | null,
  ) => readonly string[];
  readonly newPassword: string;
  readonly call: string;
  readonly busy: string;
  readonly sessionOver: string;
}

/** The labels are those of the official tutorials. */
export const signInTexts = catalogue<Texts>({
  fr: {
    title: 'J’accède à mon compte ameli',
    required: 'Tous les champs sont obligatoires.',
    password: 'Mon mot de passe (ou mon code provisoire)',
    passwordAlone: { 'mot de passe': 'Mon mot de passe', 'code personnel': 'Mon code personnel' },
    withLengths: (word, lengths) => `Mon ${word} (ou provisoire à ${lengths.join(' ou ')} chiffres)`,
    passwordEmpty: 'Écrivez votre mot de passe',
    forgotten: { 'mot de passe': 'Mot de passe oublié ?', 'code personnel': 'Code oublié ?' },
    first: 'Première visite ?',
    create: 'Créer un compte',
    submit: 'ME CONNECTER',
    refused: (instant) =>
      `Nous ne pouvons pas vous connecter. Vérifiez le numéro et le mot de passe. Prochain essai possible : ${instant}.`,
    adviceTitle: 'Que faire ?',
    advice: (delay) => [
      'Recopiez les 13 premiers chiffres de votre carte Vitale. Tapez votre mot de passe lentement, majuscules comprises.',
      ...(delay
        ? [
            `Après ${delay.failures} erreurs de suite, attendez ${delay.minutes > 1 ? `${delay.minutes} minutes` : '1 minute'} avant un nouvel essai. Ensuite, l’attente devient plus longue.`,
          ]
        : []),
      'Vous n’avez pas confirmé votre adresse email à temps ? Le compte n’existe plus : créez-le à nouveau.',
    ],
    newPassword: 'Choisir un nouveau mot de passe, tout de suite',
    call: 'Téléphoner :',
    busy: 'Beaucoup de personnes se connectent en ce moment. Attendez quelques secondes, saisissez à nouveau votre mot de passe et envoyez le formulaire',
    sessionOver: 'Votre session est terminée. Pour protéger vos informations, connectez-vous à nouveau.',
  },
  en: {
    title: 'Sign in to your ameli account',
    required: 'All fields are required.',
    password: 'My password (or my provisional code)',
    passwordAlone: { 'mot de passe': 'My password', 'code personnel': 'My personal code' },
    withLengths: (word, lengths) =>
      `My ${word === 'code personnel' ? 'personal code' : 'password'} (or provisional code of ${lengths.join(' or ')} digits)`,
    passwordEmpty: 'Enter your password',
    forgotten: { 'mot de passe': 'Forgotten password?', 'code personnel': 'Forgotten code?' },
    first: 'First visit?',
    create: 'Create an account',
    submit: 'SIGN IN',
    refused: (instant) => `We cannot sign you in. Check your number and password. Next attempt: ${instant}.`,
    adviceTitle: 'What to do',
    advice: (delay) => [
      'Copy the first 13 digits from your carte Vitale. Type your password slowly, with its capitals.',
      ...(delay
        ? [
            `After ${delay.failures} mistakes in a row you have to wait ${delay.minutes > 1 ? `${delay.minutes} minutes` : '1 minute'} before another attempt, then longer.`,
          ]
        : []),
      'Did you not confirm your email address in time? The account no longer exists: create it again.',
    ],
    newPassword: 'Choose a new password, right now',
    call: 'Call:',
    busy: 'Many people are signing in right now. Wait a few seconds, enter your password again and send the form',
    sessionOver: 'Your session has ended. To protect your information, sign in again.',
  },
  plain: {
    fr: {
      advice: (delay) => [
        'Recopiez le numéro de votre carte Vitale. Écrivez votre mot de passe lentement, avec ses majuscules.',
        ...(delay
          ? [
              `Après ${delay.failures} erreurs, il faut attendre ${delay.minutes > 1 ? `${delay.minutes} minutes` : '1 minute'}. Ensuite, l’attente est plus longue.`,
            ]
          : []),
        'Vous n’avez pas confirmé votre adresse email à temps ? Créez le compte à nouveau.',
      ],
      title: 'Connectez-vous',
      required: 'Remplissez les deux cases.',
      password: 'Votre mot de passe (ou le code reçu)',
      passwordAlone: { 'mot de passe': 'Votre mot de passe', 'code personnel': 'Votre code personnel' },
      first: 'Vous n’avez pas de compte ?',
      submit: 'Se connecter',
      busy: 'Beaucoup de personnes se connectent. Attendez un peu, puis écrivez à nouveau votre mot de passe',
      sessionOver: 'Votre session est terminée. Connectez-vous à nouveau.',
    },
    en: {
      title: 'Sign in',
      required: 'Fill in both boxes.',
      password: 'Your password (or the code you received)',
      passwordAlone: { 'mot de passe': 'Your password', 'code personnel': 'Your personal code' },
      first: 'No account yet?',
      submit: 'Sign in',
    },
  },
});
