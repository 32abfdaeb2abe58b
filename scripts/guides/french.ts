import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { voiceOf } from '#src/texts/language.ts';
import { days } from './days.ts';
import type { GuideTexts } from './text.ts';

const press = (label: string) => `Appuyez sur « ${label} ».`;

export const french: GuideTexts = {
  lead: 'Un guide pas à pas, à suivre devant l’écran, seul ou avec quelqu’un.',
  invented:
    'Les noms, les numéros et les adresses des images sont inventés. Les vôtres s’affichent à leur place.',
  publisher: 'Ce guide vous est remis par',
  fields: { name: 'Nom', address: 'Adresse', contact: 'Téléphone ou email' },
  logo: (name) => `Logo : ${name}`,
  toOpen: 'L’adresse à ouvrir',
  toOpenHow: 'Tapez cette adresse en haut de votre navigateur, puis appuyez sur la touche Entrée.',
  prepareTitle: 'À préparer',
  prepare: [
    'votre carte Vitale : la dernière reçue, si vous en avez plusieurs',
    'votre RIB : celui du compte où arrivent vos remboursements',
    'le code postal de votre domicile, et l’ancien si vous avez déménagé',
    'une adresse email à vous, que vous pouvez lire maintenant',
    'votre téléphone portable, si vous en avez un',
    'un quart d’heure, pour tout lire et attendre l’email',
  ],
  contents: 'Sommaire',
  waysTitle: 'Quelle possibilité choisir ?',
  ways: [
    'Si vous avez votre carte Vitale et votre RIB : suivez la possibilité 1.',
    'Si vous avez déjà un compte FranceConnect (celui des impôts, par exemple) : suivez la possibilité 2.',
    'Si vous n’avez ni l’un ni l’autre : suivez la possibilité 3.',
  ],
  picture: (heading, marks) => `Image de la page « ${heading} ». ${marks}`,
  mark: (number, label) => `Repère ${number} : ${label}.`,
  tip: 'Bon à savoir :',
  way: (number, name) => `Possibilité ${number} : ${name}`,
  page: 'Page',
  chapters: {
    begin: { title: 'Commencer', lead: 'Ouvrez l’adresse écrite au début de ce guide.' },
    card: {
      title: 'avec la carte Vitale et le RIB',
      lead: 'Le plus rapide : votre compte est ouvert tout de suite.',
    },
    franceconnect: {
      title: 'avec FranceConnect',
      lead: 'FranceConnect vous reconnaît avec un compte que vous avez déjà. La carte Vitale et le RIB ne servent pas.',
    },
    code: {
      title: 'avec un code reçu',
      lead: 'Votre caisse vous envoie un code là où elle sait vous joindre : par SMS, par email ou par courrier.',
    },
    finish: {
      title: 'Finir la création',
      lead: 'La suite est la même pour toutes les possibilités.',
    },
    trouble: { title: 'En cas de problème', lead: 'Cherchez ci-dessous ce qui vous arrive.' },
  },
  steps: {
    home: () => ({
      title: 'La première page',
      see: 'Elle dit à quoi sert le compte et ce qu’il faut avoir sous la main.',
      does: { create: press },
    }),
    identity: () => ({
      title: 'Dire qui vous êtes',
      does: {
        name: 'Écrivez votre nom de naissance, ou le nom que vous utilisez.',
        nir: 'Recopiez votre numéro de sécurité sociale. Il est sur le devant de votre carte Vitale.',
        birth: 'Écrivez le jour de votre naissance. Vérifiez le mois et l’année.',
        postal: 'Écrivez le code postal de votre domicile.',
        next: (label) => `Relisez tout, puis appuyez sur « ${label} ».`,
      },
      conditions: [
        'Si vous avez déménagé depuis peu : essayez aussi votre ancien code postal.',
        'Si vous voyez une page « autres moyens » : votre carte ou votre RIB ne suffisent pas. Suivez la possibilité 3.',
      ],
      tip: 'Les accents et les majuscules ne comptent pas.',
    }),
    franceconnect: ({ franceConnect }) => ({
      title: 'Choisir FranceConnect',
      see: `La page « Dire qui vous êtes » le propose, en ${franceConnect.position === 'first' ? 'haut' : 'bas'}.`,
      does: { press: (label) => `Ne remplissez rien. Appuyez sur « ${label} ».` },
    }),
    proof: ({ proof }) => ({
      title: proof.layout === 'two-screens' ? 'Prouver que c’est vous : le RIB' : 'Prouver que c’est vous',
      does: {
        iban: 'Prenez votre RIB. Recopiez les 7 derniers caractères de la ligne IBAN.',
        serial: `Retournez votre carte Vitale. Recopiez les ${proof.photoCardDigits.join(' ou ')} derniers chiffres du numéro écrit en haut à gauche.`,
        next: press,
      },
      conditions: proof.layout === 'two-screens' ? [] : cardConditions(proof.plainCardDigits),
      tip: 'Le compte bancaire est celui où arrivent vos remboursements.',
    }),
    card: ({ proof }) => ({
      title: 'Prouver que c’est vous : la carte Vitale',
      does: {
        serial: `Retournez votre carte Vitale. Recopiez les ${proof.photoCardDigits.join(' ou ')} derniers chiffres du numéro écrit en haut à gauche.`,
        next: press,
      },
      conditions: cardConditions(proof.plainCardDigits),
    }),
    'no-serial': () => ({
      title: 'Aller à la page des codes',
      see: 'Remplissez d’abord le formulaire de la possibilité 1 : « Dire qui vous êtes ».',
      does: { press: (label) => `Si la page demande le RIB et la carte Vitale : appuyez sur « ${label} ».` },
      conditions: ['Si la page suivante s’affiche d’elle-même : continuez ci-dessous.'],
    }),
    'other-ways': () => ({
      title: 'Demander un code',
      does: {
        channel:
          'Choisissez comment recevoir le code. Seuls les moyens que votre caisse connaît sont proposés.',
        next: press,
      },
      conditions: ['Si rien ne convient : appelez votre caisse. Son numéro est plus bas sur cette page.'],
      tip: 'Ces numéros et ces adresses ne se changent pas ici, pour votre sécurité.',
    }),
    code: ({ codes }) => ({
      title: 'Recopier le code',
      does: {
        nir: 'Recopiez votre numéro de sécurité sociale.',
        name: 'Écrivez votre nom.',
        birth: 'Écrivez votre date de naissance.',
        code: 'Recopiez le code que vous avez reçu.',
        next: press,
      },
      tip: `Vous avez ${codes.tries} essais. Ne donnez ce code à personne.`,
    }),
    terms: () => ({
      title: 'Étape 1 sur 3 : accepter les conditions',
      see: 'Lisez les conditions. La plus importante : vos relevés ne viendront plus par courrier, ils seront dans le compte.',
      does: { yes: (label) => `Si vous êtes d’accord, choisissez « ${label} ».`, next: press },
      conditions: [
        'Si vous n’êtes pas d’accord : choisissez « Non ». Aucun compte n’est créé, et rien ne change.',
      ],
    }),
    password: ({ password }) => ({
      title: `Étape 2 sur 3 : choisir un ${password.word}`,
      see: 'Les règles sont écrites en haut de la page.',
      does: {
        password:
          password.composition === 'digits'
            ? `Choisissez de ${password.minimum} à ${password.maximum} chiffres${password.recommended === null ? '' : `, ${password.recommended} si vous le pouvez`}.`
            : `Choisissez au moins ${password.minimum} caractères.`,
        again: 'Écrivez une seconde fois la même chose.',
        next: press,
      },
      tip: `Vous seul connaissez votre ${password.word}. Ne le dites pas à la personne qui vous aide. Notez-le dans un endroit sûr.`,
    }),
    contact: () => ({
      title: 'Étape 3 sur 3 : dire comment vous joindre',
      does: {
        email: 'Écrivez votre adresse email. Choisissez celle que vous lisez souvent.',
        again: 'Écrivez-la une seconde fois.',
        promo:
          'Répondez « Oui » ou « Non » à chaque question. « Non » est déjà choisi, et vos droits restent les mêmes.',
        mobile: 'Écrivez votre numéro de portable, si vous voulez.',
        landline: 'Écrivez votre numéro de téléphone fixe, si vous voulez.',
        next: press,
      },
      conditions: ['Si un proche utilise déjà cette adresse pour son compte : il vous en faut une autre.'],
    }),
    telephones: () => ({
      title: 'Étape 3 sur 3 : vos téléphones',
      does: {
        mobile: 'Écrivez votre numéro de portable, si vous voulez.',
        landline: 'Écrivez votre numéro de téléphone fixe, si vous voulez.',
        next: press,
      },
    }),
    waiting: ({ confirmation }) => ({
      title: 'Attendre l’email',
      see: `Un email vient de partir. Ouvrez votre messagerie : il peut mettre quelques minutes. Vous avez ${days(confirmation.linkActiveDays, 'fr')} pour le lire.`,
      does: {
        code: 'Si vous lisez vos emails sur un autre appareil : recopiez ici le code de l’email.',
        again: (label) => `Si rien n’arrive : appuyez sur « ${label} ».`,
        correct: (label) => `Si l’adresse est fausse : appuyez sur « ${label} ».`,
      },
    }),
    mail: () => ({
      title: 'Ouvrir l’email',
      does: { press: press },
      conditions: [
        'Si le bouton ne marche pas : recopiez le code de l’email sur la page d’avant.',
        'Si vous avez reçu plusieurs emails : ouvrez le plus récent.',
      ],
    }),
    link: () => ({ title: 'Confirmer', does: { press: press } }),
    confirmed: () => ({
      title: 'Votre compte est ouvert',
      does: { signIn: press },
      tip: 'Mettez à jour votre carte Vitale, dans une pharmacie par exemple.',
    }),
    'sign-in': ({ password }) => ({
      title: 'Vous connecter',
      see: 'C’est cette page qui s’ouvrira les prochaines fois.',
      does: {
        nir: 'Recopiez votre numéro de sécurité sociale.',
        password: `Écrivez votre ${password.word}.`,
        next: press,
      },
    }),
    account: () => ({
      title: 'Dans votre compte',
      see: 'Relisez vos informations.',
      does: { leave: (label) => `Quand vous avez fini, appuyez sur « ${label} ».` },
      tip: 'Déconnectez-vous toujours si l’ordinateur n’est pas à vous.',
    }),
    'identity-refused': () => ({
      title: 'La page ne vous reconnaît pas',
      does: { check: 'Lisez ce message, puis vérifiez chaque ligne du formulaire.' },
      conditions: [
        'Si vous avez changé de nom : essayez l’autre nom.',
        'Si vous avez déménagé : essayez l’ancien code postal.',
        'Si vous avez pris la carte d’un proche : prenez la vôtre.',
      ],
      tip: 'Ne faites pas trop d’essais de suite. Si tout est exact, appelez votre caisse.',
    }),
    'proof-refused': () => ({
      title: 'Le RIB ou la carte ne conviennent pas',
      does: { check: 'Lisez ce message, puis vérifiez les deux numéros.' },
      conditions: [
        'Si vous avez plusieurs comptes bancaires : prenez le RIB de celui où arrivent vos remboursements.',
        'Si vous avez plusieurs cartes Vitale : prenez la dernière reçue.',
        'Si le message revient : suivez la possibilité 2 ou la possibilité 3.',
      ],
    }),
    'link-dead': ({ confirmation }) => ({
      title: 'Le lien de l’email ne sert plus',
      see: `Le lien ne sert que ${days(confirmation.linkActiveDays, 'fr')}.`,
      does: { again: (label) => `Appuyez sur « ${label} ». Le nouvel email arrive à la même adresse.` },
    }),
  },
  atFranceConnect: {
    title: 'Sur le site de FranceConnect',
    lines: [
      'Choisissez un compte que vous avez déjà : celui des impôts, par exemple.',
      'Connectez-vous avec l’identifiant et le mot de passe de ce compte-là.',
      'Relisez ce que FranceConnect transmet, puis acceptez de continuer.',
      'Vous revenez sur la page des conditions. Passez au chapitre « Finir la création ».',
    ],
  },
  withLetter: ({ codes, wording }) => ({
    title: 'Si vous avez choisi le courrier',
    lines: [
      'La lettre arrive en quelques jours. Vous pouvez fermer la page.',
      `Le code de la lettre sert ${days(codes.letter.days, 'fr')}.`,
      codes.askedWith === 'nir'
        ? 'Quand vous l’avez, ouvrez l’adresse de ce guide et choisissez de vous connecter. Écrivez le code à la place du mot de passe.'
        : `Quand vous l’avez, ouvrez l’adresse de ce guide et choisissez de vous connecter. ${press(otherWaysTexts[voiceOf('fr', wording.style)].haveCode)}`,
    ],
  }),
  trouble: ({ confirmation, codes, support }) => [
    {
      title: 'L’email n’arrive pas',
      lines: [
        'Attendez dix minutes.',
        'Regardez dans les courriers indésirables (spam).',
        'Cherchez « Votre Assurance Maladie » ou « adresse mail » dans votre messagerie.',
        'Si vous en trouvez plusieurs : ouvrez le plus récent.',
        'Si l’adresse était fausse : revenez à la page d’attente et corrigez-la.',
        'Si rien ne vient : essayez une adresse chez un autre fournisseur.',
      ],
    },
    {
      title: 'Le délai est passé',
      lines: [
        `Après ${days(confirmation.selfResendUntilDays, 'fr')}, recommencez la création depuis le début.`,
      ],
    },
    {
      title: 'Le code reçu est refusé',
      lines: [
        'Recopiez-le chiffre par chiffre, sans espace.',
        'Si vous en avez reçu plusieurs : prenez le plus récent.',
        `Après ${codes.tries} erreurs, le code ne sert plus : demandez-en un autre.`,
      ],
    },
    {
      title: 'La page dit « Trop d’essais »',
      lines: [
        'Notez l’heure écrite sur la page, et revenez après.',
        'Les autres possibilités restent ouvertes.',
      ],
    },
    {
      title: 'La page dit que votre session est terminée',
      lines: ['Pour votre sécurité, la page se ferme après un moment sans rien faire.', 'Recommencez.'],
    },
    {
      title: 'La page dit que le compte n’est pas pour vous',
      lines: [
        'Elle explique pourquoi, et à qui vous adresser.',
        `Si vous ne comprenez pas, appelez le ${support.telephone}.`,
      ],
    },
  ],
  askUs: (name) => `Si vous n’y arrivez pas, demandez de l’aide : ${name}.`,
};

function cardConditions(digits: readonly number[]): readonly string[] {
  const last = digits.at(-1);
  const counts = `${digits.slice(0, -1).join(', ')} ou ${last}`;
  return [
    `Si votre carte n’a pas de photo : recopiez tout le numéro. Il a ${counts} chiffres.`,
    'Si le numéro est effacé, ou si vous n’avez pas la carte : suivez la possibilité 3.',
  ];
}
