import type { Policy } from '#src/policy/schema.ts';
import { catalogue, type Voice } from '#src/texts/language.ts';

type PasswordPolicy = Policy['password'];

interface Labels {
  readonly title: string;
  readonly lead: readonly string[];
  /** Introduces the list of rules; null where the list suffices. */
  readonly must: string | null;
  readonly length: (policy: PasswordPolicy) => string;
  readonly latin: string;
  readonly digit: (specials: string) => string;
  readonly allowed: string;
  readonly personal: string;
  readonly required: string;
  readonly password: string;
  readonly confirmation: string;
  readonly cancel: string;
}

interface Forms {
  /** A «mot de passe», as in 2025. */
  readonly password: Labels;
  /** A «code personnel» of letters and digits. */
  readonly code: Labels;
  /** A «code personnel» of digits only, as in 2020 and 2021. */
  readonly digits: Labels;
}

/** In the wording of the tutorials; the policy’s word and composition choose which one. */
const forms = catalogue<Forms>({
  fr: {
    password: {
      title: 'Mot de passe',
      lead: [
        'Pour maintenir la confidentialité de vos informations, nous vous recommandons de ne pas choisir un mot de passe que vous utilisez déjà sur un autre site.',
      ],
      must: 'Votre mot de passe doit :',
      length: ({ minimum, maximum }) => `Comporter entre ${minimum} et ${maximum} caractères`,
      latin: 'Contenir des caractères latins (de a jusqu’à z sans accent) minuscules et majuscules',
      digit: (specials) => `Contenir un chiffre ou un caractère spécial parmi les suivants : ${specials}`,
      allowed: 'Ne contenir que des caractères autorisés',
      personal:
        'Ne pas contenir votre numéro de sécurité sociale, votre date de naissance ou une partie de celle-ci',
      required: '* Champs obligatoires',
      password: 'Nouveau mot de passe',
      confirmation: 'Confirmer le mot de passe',
      cancel: 'Annuler',
    },
    code: {
      title: 'Je choisis un code personnel',
      lead: [
        'Pour maintenir la confidentialité de vos informations, nous vous recommandons de ne pas choisir un code que vous utilisez déjà sur un autre site.',
      ],
      must: 'Votre code personnel doit :',
      length: ({ minimum, maximum }) => `comporter entre ${minimum} et ${maximum} caractères`,
      latin: 'contenir des caractères latins minuscules et majuscules, sans accent',
      digit: (specials) => `contenir un chiffre ou un caractère spécial, parmi les suivants : ${specials}`,
      allowed: 'ne contenir que des caractères autorisés',
      personal:
        'ne pas contenir votre n° de sécurité sociale, votre date de naissance ou une partie de celle-ci',
      required: '* champ obligatoire',
      password: 'Mon nouveau code',
      confirmation: 'Confirmer mon nouveau code',
      cancel: 'ANNULER',
    },
    digits: {
      title: 'Je choisis un code personnel',
      lead: [
        'Pour garantir la confidentialité de votre compte, merci de choisir un code personnel que vous utiliserez à chacune de vos connexions. Pensez à le modifier régulièrement.',
        'Changez-le tout de suite si quelqu’un a pu le voir.',
      ],
      must: null,
      length: ({ minimum, maximum }) => `De ${minimum} à ${maximum} chiffres`,
      latin: '',
      digit: () => '',
      allowed: '',
      personal: 'Sans votre numéro de sécurité sociale, votre date de naissance ou une partie de celle-ci',
      required: '* champ obligatoire',
      password: 'Saisissez un code personnel :',
      confirmation: 'Confirmez le code personnel :',
      cancel: 'ANNULER',
    },
  },
  en: {
    password: {
      title: 'Password',
      lead: [
        'To keep your information confidential, we advise you not to choose a password that you already use on another site.',
      ],
      must: 'Your password must:',
      length: ({ minimum, maximum }) => `Be between ${minimum} and ${maximum} characters long`,
      latin: 'Contain Latin letters (a to z without accents), lower case and upper case',
      digit: (specials) => `Contain a digit or one of these special characters: ${specials}`,
      allowed: 'Contain only allowed characters',
      personal: 'Not contain your social security number, your date of birth or a part of it',
      required: '* Required fields',
      password: 'New password',
      confirmation: 'Confirm the password',
      cancel: 'Cancel',
    },
    code: {
      title: 'I choose a personal code',
      lead: [
        'To keep your information confidential, we advise you not to choose a code that you already use on another site.',
      ],
      must: 'Your personal code must:',
      length: ({ minimum, maximum }) => `be between ${minimum} and ${maximum} characters long`,
      latin: 'contain Latin letters, lower case and upper case, without accents',
      digit: (specials) => `contain a digit or one of these special characters: ${specials}`,
      allowed: 'contain only allowed characters',
      personal: 'not contain your social security number, your date of birth or a part of it',
      required: '* required field',
      password: 'My new code',
      confirmation: 'Confirm my new code',
      cancel: 'CANCEL',
    },
    digits: {
      title: 'I choose a personal code',
      lead: [
        'To keep your account confidential, please choose a personal code that you will use each time you sign in. Remember to change it regularly.',
        'Change it at once if somebody may have seen it.',
      ],
      must: null,
      length: ({ minimum, maximum }) => `${minimum} to ${maximum} digits`,
      latin: '',
      digit: () => '',
      allowed: '',
      personal: 'Without your social security number, your date of birth or a part of it',
      required: '* required field',
      password: 'Enter a personal code:',
      confirmation: 'Confirm the personal code:',
      cancel: 'CANCEL',
    },
  },
  plain: {
    fr: {
      password: {
        title: 'Choisissez votre mot de passe',
        lead: ['Le mot de passe protège votre compte.', 'Ne prenez pas le mot de passe d’un autre site.'],
        must: 'Il doit :',
        length: ({ minimum, maximum }) => `avoir ${minimum} caractères ou plus (${maximum} au plus)`,
        latin: 'avoir une lettre minuscule et une lettre majuscule, sans accent',
        digit: (specials) => `avoir un chiffre, ou un de ces signes : ${specials}`,
        allowed: 'ne pas avoir d’autre signe, ni espace, ni accent',
        personal: 'ne pas avoir votre numéro de sécurité sociale ni votre date de naissance',
        required: '* champ obligatoire',
        password: 'Écrivez votre mot de passe :',
        confirmation: 'Écrivez-le une seconde fois :',
        cancel: 'Retour',
      },
    },
    en: {
      password: {
        title: 'Choose your password',
        lead: ['The password protects your account.', 'Do not use the password of another site.'],
        must: 'It must:',
        length: ({ minimum, maximum }) => `have ${minimum} characters or more (${maximum} at most)`,
        latin: 'have a small letter and a capital letter, without accents',
        digit: (specials) => `have a digit, or one of these signs: ${specials}`,
        allowed: 'have no other sign, no space, no accent',
        personal: 'not have your social security number nor your date of birth',
        password: 'Write your password:',
        confirmation: 'Write it a second time:',
        cancel: 'Back',
      },
    },
  },
});

const advice = catalogue({
  fr: {
    words:
      'Conseil : assemblez trois mots sans rapport entre eux, avec un chiffre. Plus c’est long, plus c’est sûr.',
    digits: (count: number) =>
      `Conseil : choisissez au moins ${count} chiffres, sans date ni suite facile. Plus c’est long, plus c’est sûr.`,
    characters: (count: number) =>
      `Conseil : choisissez au moins ${count} caractères. Plus c’est long, plus c’est sûr.`,
  },
  en: {
    words: 'Tip: put together three words that have nothing in common, and a digit. The longer, the safer.',
    digits: (count: number) =>
      `Tip: choose at least ${count} digits, no date and no easy sequence. The longer, the safer.`,
    characters: (count: number) => `Tip: choose at least ${count} characters. The longer, the safer.`,
  },
});

/** The labels of the form where a password is chosen. */
export function passwordLabels(voice: Voice, { word, composition }: PasswordPolicy): Labels {
  const { password, code, digits } = forms[voice];
  if (composition === 'digits') return digits;
  return word === 'code personnel' ? code : password;
}

export interface RuleText {
  readonly rule: 'length' | 'latin' | 'digit' | 'allowed' | 'personal';
  readonly text: string;
}

/** The rules in words. */
export function ruleTexts(voice: Voice, policy: PasswordPolicy): readonly RuleText[] {
  const t = passwordLabels(voice, policy);
  const composition: readonly RuleText[] = [
    { rule: 'latin', text: t.latin },
    { rule: 'digit', text: t.digit([...policy.specials].join(' ')) },
    { rule: 'allowed', text: t.allowed },
  ];
  return [
    { rule: 'length', text: t.length(policy) },
    ...(policy.composition === 'mixed' ? composition : []),
    { rule: 'personal', text: t.personal },
  ];
}

export function passwordAdvice(voice: Voice, { recommended, composition }: PasswordPolicy): string {
  const t = advice[voice];
  if (recommended === null) return t.words;
  return composition === 'digits' ? t.digits(recommended) : t.characters(recommended);
}
