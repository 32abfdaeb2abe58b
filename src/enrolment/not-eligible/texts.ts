import type { CodeChannel } from '#src/codes/rules.ts';
import { catalogue } from '#src/texts/language.ts';

/** The text of a page: what the reason means, then what to do now. */
interface Words {
  readonly title: string;
  readonly means: readonly string[];
  readonly now: readonly string[];
}

interface Texts {
  readonly nowTitle: string;
  readonly regime: {
    readonly title: string;
    readonly named: (name: string) => string;
    readonly unnamed: string;
    readonly until: (date: string) => string;
    readonly own: string;
    readonly site: (host: string) => string;
    readonly ended: string;
    readonly card: string;
    readonly changed: string;
  };
  readonly beforeEighteen: (on: string | null) => Words;
  readonly justEighteen: (by: string | null, past: boolean) => Words;
  readonly dependant: Words;
  readonly tooYoung: (age: number, on: string | null) => Words;
  readonly number: Readonly<Record<'provisional' | 'waiting', string>> & {
    readonly title: string;
    readonly why: string;
    readonly bringTitle: string;
    readonly bring: readonly string[];
    readonly now: readonly string[];
  };
  readonly caisse: Words;
  readonly neutral: Words & {
    readonly codeTitle: string;
    readonly codeLead: string;
    readonly channels: Readonly<Record<CodeChannel, string>>;
    readonly codeHonest: string;
  };
  readonly correct: string;
  readonly home: string;
}

/** A page for each reason that may be disclosed. The texts on contacts of the caisse are those of the other ways. */
export const notEligibleTexts = catalogue<Texts>({
  fr: {
    nowTitle: 'Que faire maintenant ?',
    regime: {
      title: 'Votre régime a son propre service',
      named: (name) => `Pour votre santé, vous dépendez de : ${name}.`,
      unnamed: 'Pour votre santé, vous dépendez d’un régime qui n’ouvre pas de compte ici.',
      until: (date) => `Ce service a ouvert des comptes pour ce régime jusqu’au ${date}.`,
      own: 'Vos remboursements et vos attestations sont sur le site de votre régime.',
      site: (host) => `Aller sur ${host}`,
      ended:
        'Cet organisme ne gère plus l’assurance maladie de ses adhérents : votre caisse a pris la suite. Appelez-la pour que votre dossier y soit rattaché. Vous pourrez ensuite ouvrir votre compte ici.',
      card: 'Le nom de votre régime est écrit sur votre attestation de droits, avec ses coordonnées.',
      changed:
        'Vous avez changé de travail ou de situation ? Appelez la caisse d’assurance maladie de votre domicile : elle vérifiera de quel régime vous dépendez aujourd’hui.',
    },
    beforeEighteen: (on) => ({
      title: 'Votre compte vous attend à vos 18 ans',
      means: [
        'Avant 18 ans, c’est un de vos parents, ou la personne qui s’occupe de vous, qui reçoit vos remboursements.',
      ],
      now: [
        on === null
          ? 'À partir de vos 18 ans, vous serez assuré à votre nom et pourrez ouvrir votre compte ici.'
          : `À partir du ${on}, vous serez assuré à votre nom et pourrez ouvrir votre compte ici. Votre caisse vous écrira.`,
        'D’ici là, la personne qui vous assure peut voir vos remboursements dans son propre compte.',
        'Dès 16 ans, vous pouvez demander à votre caisse d’être assuré à votre nom. Une fois la demande acceptée, revenez ici.',
      ],
    }),
    justEighteen: (by, past) => ({
      title: 'Vos droits à votre nom ne sont pas encore ouverts',
      means: [
        'Depuis vos 18 ans, vous pouvez être assuré à votre nom. Votre caisse vous connaît encore comme rattaché à une autre personne, souvent un parent.',
        'Ce changement prend quelques semaines.',
      ],
      now: [
        by === null || past
          ? 'Appelez votre caisse dès maintenant : elle fera ce changement avec vous.'
          : `Attendez la lettre de votre caisse. Si le ${by} vous n’avez encore rien reçu, appelez-la.`,
        'Préparez un RIB à votre nom : vos remboursements y seront versés.',
        'Quand vos droits seront ouverts, revenez ici avec votre propre carte Vitale.',
      ],
    }),
    dependant: {
      title: 'Le compte est au nom de la personne qui vous assure',
      means: [
        'Votre caisse vous connaît comme ayant droit : c’est une autre personne qui reçoit vos remboursements. C’est souvent un parent ou votre conjoint.',
        'C’est cette personne qui peut ouvrir un compte. Elle y verra aussi vos remboursements.',
      ],
      now: [
        'Elle peut ouvrir son compte ici, avec son propre numéro et sa propre carte Vitale.',
        'Vous êtes majeur, vous travaillez ou vous vivez en France de façon stable ? Vous pouvez être assuré à votre nom : demandez-le à votre caisse.',
      ],
    },
    tooYoung: (age, on) => ({
      title: `Vous pourrez ouvrir un compte à ${age} ans`,
      means: [
        `Avant ${age} ans, vos soins sont remboursés sur le compte d’un de vos parents, ou de la personne qui s’occupe de vous.`,
      ],
      now: [
        on === null ? `Revenez ici quand vous aurez ${age} ans.` : `Revenez ici à partir du ${on}.`,
        'Vous êtes le parent ? Ouvrez votre compte avec votre propre numéro : vous y verrez les remboursements de votre enfant.',
      ],
    }),
    number: {
      title: 'Votre numéro n’est pas encore définitif',
      provisional:
        'Votre numéro de sécurité sociale est provisoire : il commence par 3, 4, 7 ou 8. Il permet d’être remboursé, mais pas d’ouvrir un compte.',
      waiting:
        'Votre numéro de sécurité sociale n’est pas encore vérifié. Il permet d’être remboursé, mais pas d’ouvrir un compte.',
      why: 'Pourquoi ? Votre état civil n’est pas encore vérifié, et le numéro peut changer : vous perdriez un compte ouvert avec ce numéro.',
      bringTitle: 'Les pièces à donner à votre caisse',
      bring: [
        'une photocopie de votre pièce d’identité, ou de votre titre de séjour, en cours de validité ;',
        'une photocopie de votre acte de naissance avec les noms de vos parents (copie intégrale ou extrait avec filiation), et sa traduction s’il n’est pas en français.',
      ],
      now: [
        'Donnez à votre caisse les pièces de la liste ci-dessous, si ce n’est pas déjà fait. Elle vous dira s’il en manque.',
        'Vous recevrez votre numéro définitif par courrier : cela peut prendre plusieurs mois. Ouvrez alors votre compte avec ce numéro.',
      ],
    },
    caisse: {
      title: 'Votre caisse va vous aider',
      means: ['Ce compte ne peut pas être ouvert en ligne aujourd’hui.'],
      now: [
        'Appelez votre caisse, ou allez la voir : un conseiller regardera avec vous ce qu’il est possible de faire.',
      ],
    },
    neutral: {
      title: 'Nous ne pouvons pas continuer ainsi',
      means: [
        'Avec ce que vous avez saisi, nous ne pouvons pas continuer avec la carte Vitale et le RIB.',
        'Pour protéger les données de chacun, cette page est la même pour tous : elle ne dit pas pourquoi.',
      ],
      now: ['Relisez d’abord ce que vous avez saisi :'],
      codeTitle: 'Recevoir un code provisoire',
      codeLead: 'Comment voulez-vous recevoir votre code ?',
      channels: {
        sms: 'Par SMS, en quelques minutes',
        email: 'Par email, en quelques minutes',
        letter: 'Par courrier, en quelques jours',
      },
      codeHonest:
        'Le code part si vos informations sont exactes et si votre caisse peut vous joindre ainsi. Rien n’arrive ? Appelez votre caisse.',
    },
    correct: 'Corriger ce que j’ai saisi',
    home: 'Retour à l’accueil',
  },
  en: {
    nowTitle: 'What to do now',
    regime: {
      title: 'Your régime has a service of its own',
      named: (name) => `Your health cover is with: ${name}.`,
      unnamed: 'Your health cover is with a régime that opens no account here.',
      until: (date) => `This service opened accounts for this régime until ${date}.`,
      own: 'Your reimbursements and certificates are on the site of your régime.',
      site: (host) => `Go to ${host}`,
      ended:
        'This body no longer manages the health insurance of its members: your caisse has taken over. Call it to have your file moved there. You can then open your account here.',
      card: 'The name of your régime is on your statement of entitlement, with its contacts.',
      changed:
        'Have your work or your situation changed? Call the health insurance caisse where you live: it will check to which régime you belong today.',
    },
    beforeEighteen: (on) => ({
      title: 'You can open your account when you turn 18',
      means: [
        'Before you are 18, one of your parents, or the person who looks after you, receives your reimbursements.',
      ],
      now: [
        on === null
          ? 'From the age of 18 you will be insured in your own name and can open your account here.'
          : `From ${on} you will be insured in your own name and can open your account here. Your caisse will write to you.`,
        'Until then, the person who insures you can see your reimbursements in their own account.',
        'From the age of 16 you can ask your caisse to be insured in your own name. Once it has agreed, come back here.',
      ],
    }),
    justEighteen: (by, past) => ({
      title: 'You are not insured in your own name yet',
      means: [
        'Since you turned 18 you can be insured in your own name. Your caisse still knows you as attached to another person, often a parent.',
        'This change takes a few weeks.',
      ],
      now: [
        by === null || past
          ? 'Call your caisse now: they will make this change with you.'
          : `Wait for the letter from your caisse. If you have received nothing by ${by}, call your caisse.`,
        'Have bank details in your own name ready: your reimbursements will be paid there.',
        'Once you are insured in your own name, come back here with your own carte Vitale.',
      ],
    }),
    dependant: {
      title: 'The account belongs to the person who insures you',
      means: [
        'Your caisse knows you as a dependant (ayant droit): another person receives your reimbursements. It is often a parent or your spouse.',
        'It is that person who can open an account. They will also see your reimbursements there.',
      ],
      now: [
        'They can open their account here, with their own number and their own carte Vitale.',
        'Are you an adult who works or lives in France on a stable basis? You can be insured in your own name: ask your caisse.',
      ],
    },
    tooYoung: (age, on) => ({
      title: `You can open an account at the age of ${age}`,
      means: [
        `Before the age of ${age}, your care is reimbursed on the account of one of your parents, or of the person who looks after you.`,
      ],
      now: [
        on === null ? `Come back here when you are ${age}.` : `Come back here from ${on}.`,
        'Are you the parent? Open your account with your own number: you will see your child’s reimbursements there.',
      ],
    }),
    number: {
      title: 'Your number is still provisional',
      provisional:
        'Your social security number is provisional: it begins with 3, 4, 7 or 8. You can be reimbursed with it, but not open an account.',
      waiting:
        'Your social security number is waiting to be certified. You can be reimbursed with it, but not open an account.',
      why: 'Why? Your civil status has not been checked yet and the number may change. You would then lose an account opened with it.',
      bringTitle: 'What to give to your caisse',
      bring: [
        'a photocopy of your identity document, or of your residence permit, still valid;',
        'a photocopy of your birth certificate with the names of your parents (full copy, or an extract that names them), and its translation if it is not in French.',
      ],
      now: [
        'Give the documents listed below to your caisse, if you have not done so yet. It will tell you if one is missing.',
        'You will receive your final number by post: it may take several months. Then open your account with that number.',
      ],
    },
    caisse: {
      title: 'Your caisse will help you',
      means: ['This account cannot be opened online today.'],
      now: ['Call your caisse or go and see it: an adviser will look with you at what is possible.'],
    },
    neutral: {
      title: 'We cannot continue with these details',
      means: [
        'With what you entered we cannot go on with the carte Vitale and bank details.',
        'To protect everybody’s data, this page is the same for all: it does not say why.',
      ],
      now: ['First check what you entered:'],
      codeTitle: 'Receive a provisional code',
      codeLead: 'How do you want to receive your code?',
      channels: {
        sms: 'By text message, within a few minutes',
        email: 'By email, within a few minutes',
        letter: 'By post, within a few days',
      },
      codeHonest:
        'The code is sent if your details are right and if your caisse can reach you that way. Does nothing arrive? Call your caisse.',
    },
    correct: 'Correct what I entered',
    home: 'Back to the home page',
  },
  plain: {
    fr: {
      regime: {
        title: 'Votre compte est sur un autre site',
        unnamed: 'Vous êtes assuré ailleurs. Ce site n’est pas pour vous.',
        own: 'Vos remboursements sont sur le site de votre régime.',
        ended: 'Ce régime a fermé. Votre caisse l’a remplacé. Téléphonez-lui. Ensuite, revenez ici.',
        card: 'Le nom de votre régime est écrit sur votre attestation de droits.',
        changed:
          'Votre travail ou votre situation a changé ? Téléphonez à la caisse de votre domicile. Elle vérifiera.',
      },
      beforeEighteen: (on) => ({
        title: 'Vous aurez un compte à 18 ans',
        means: ['Avant 18 ans, un parent reçoit vos remboursements.'],
        now: [
          on === null
            ? 'À 18 ans, vous pourrez ouvrir votre compte ici.'
            : `À partir du ${on}, vous pourrez ouvrir votre compte ici. Votre caisse vous écrira.`,
          'Pour l’instant, vos remboursements sont dans le compte de ce parent.',
          'Vous avez 16 ans ou plus ? Vous pouvez demander à votre caisse d’être assuré à votre nom. Ensuite, revenez ici.',
        ],
      }),
      justEighteen: (by, past) => ({
        title: 'Vous n’êtes pas encore assuré à votre nom',
        means: [
          'Vous avez plus de 18 ans. Mais votre caisse vous connaît encore avec un parent.',
          'Ce changement prend quelques semaines.',
        ],
        now: [
          by === null || past
            ? 'Téléphonez à votre caisse maintenant. Elle fera le changement.'
            : `Attendez la lettre de votre caisse. Vous n’avez rien reçu le ${by} ? Téléphonez-lui.`,
          'Préparez un RIB à votre nom pour vos remboursements.',
          'Après le changement, revenez ici avec votre carte Vitale.',
        ],
      }),
      dependant: {
        title: 'Le compte est au nom d’une autre personne',
        means: [
          'Une autre personne reçoit vos remboursements. C’est souvent un parent ou votre conjoint.',
          'Cette personne peut ouvrir un compte. Elle y verra vos remboursements.',
        ],
        now: [
          'Elle peut l’ouvrir ici, avec son numéro et sa carte Vitale.',
          'Vous êtes adulte ? Vous pouvez être assuré à votre nom. Demandez-le à votre caisse.',
        ],
      },
      tooYoung: (age, on) => ({
        title: `Vous pourrez ouvrir un compte à ${age} ans`,
        means: [`Avant ${age} ans, un parent reçoit vos remboursements.`],
        now: [
          on === null ? `Revenez ici quand vous aurez ${age} ans.` : `Revenez ici à partir du ${on}.`,
          'Vous êtes le parent ? Ouvrez votre compte avec votre numéro. Les remboursements de votre enfant y seront.',
        ],
      }),
      number: {
        title: 'Votre numéro n’est pas définitif',
        provisional:
          'Votre numéro commence par 3, 4, 7 ou 8. Il sert à vous rembourser. Il ne permet pas d’ouvrir un compte.',
        waiting:
          'Votre numéro n’est pas encore vérifié. Il sert à vous rembourser. Il ne permet pas d’ouvrir un compte.',
        why: 'Pourquoi ? Votre numéro peut changer. Alors vous perdriez votre compte.',
        bringTitle: 'Les papiers à donner à votre caisse',
        bring: [
          'une photocopie de votre pièce d’identité, ou de votre titre de séjour ;',
          'une photocopie de votre acte de naissance avec les noms de vos parents. Il est dans une autre langue ? Ajoutez une traduction.',
        ],
        now: [
          'Donnez à votre caisse les papiers de la liste. Elle vous dira s’il en manque.',
          'Vous recevrez votre numéro définitif par courrier. Cela peut prendre plusieurs mois. Ensuite, revenez ici.',
        ],
      },
      caisse: {
        means: ['Vous ne pouvez pas ouvrir ce compte en ligne aujourd’hui.'],
        now: ['Téléphonez à votre caisse, ou allez la voir. Une personne cherchera avec vous.'],
      },
      neutral: {
        title: 'Nous ne pouvons pas continuer ainsi',
        means: [
          'La carte Vitale et le RIB ne suffisent pas avec ce que vous avez écrit.',
          'Cette page est la même pour tout le monde. Elle ne dit pas pourquoi. C’est pour protéger vos données.',
        ],
        now: ['Relisez d’abord ce que vous avez écrit :'],
        codeTitle: 'Recevez un code',
        codeLead: 'Comment voulez-vous recevoir le code ?',
        codeHonest:
          'Le code part si vos informations sont justes. Rien n’arrive ? Téléphonez à votre caisse.',
      },
      correct: 'Corriger ce que j’ai écrit',
    },
  },
});
