import { type Block, heading, paragraph } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';

/** The files that invented deposits come with: the same for everybody, so that each is written once. */
export const paperNames = [
  'situation-a-verifier.pdf',
  'carte-europeenne.pdf',
  'examens-de-prevention.pdf',
  'accord-prise-en-charge.pdf',
  'rattachement-enfant.pdf',
  'pension-invalidite.pdf',
  'indemnites-journalieres.pdf',
] as const;
export type PaperName = (typeof paperNames)[number];

/** Their date: the same bytes each time. */
export const papersWrittenOn = new Date('2026-01-05T08:00:00Z');

interface Content {
  readonly title: string;
  readonly blocks: readonly Block[];
}

const contents: Readonly<Record<PaperName, Content>> = {
  'situation-a-verifier.pdf': {
    title: 'Vérifiez votre situation',
    blocks: [
      paragraph('Vos droits dépendent de votre situation. Nous avons besoin de savoir si elle a changé.'),
      heading('À vérifier'),
      {
        kind: 'list',
        style: 'bulleted',
        items: [
          { text: 'votre adresse postale' },
          { text: 'votre compte bancaire' },
          { text: 'les personnes assurées avec vous' },
        ],
      },
      paragraph(
        'Si tout est juste, vous n’avez rien à faire. Sinon, écrivez-nous dans votre espace d’échanges : nous corrigerons.',
      ),
    ],
  },
  'carte-europeenne.pdf': {
    title: 'Bien utiliser votre carte européenne',
    blocks: [
      paragraph(
        'La carte européenne d’assurance maladie est gratuite. Chaque membre de la famille a la sienne.',
      ),
      paragraph('Demandez-la au moins 15 jours avant votre départ. Elle est valable 2 ans.'),
      paragraph('Si vous partez plus tôt, téléchargez un certificat provisoire : il est valable 3 mois.'),
    ],
  },
  'examens-de-prevention.pdf': {
    title: 'Vos examens de prévention',
    blocks: [
      paragraph('Ces examens sont pris en charge à 100\u00a0%. Vous n’avancez pas d’argent.'),
      {
        kind: 'table',
        caption: 'Quand et chez qui',
        columns: [
          { heading: 'Examen', share: 2 },
          { heading: 'À quel âge', share: 2 },
          { heading: 'Chez qui', share: 2 },
        ],
        rows: [
          ['Bilan de prévention', '18, 45, 60 et 70 ans', 'médecin, infirmier, pharmacien'],
          ['Examen bucco-dentaire', 'de 3 à 24 ans', 'dentiste'],
          ['Dépistages organisés', 'de 25 à 74 ans', 'médecin'],
        ],
      },
    ],
  },
  'accord-prise-en-charge.pdf': {
    title: 'Accord de prise en charge à 100\u00a0%',
    blocks: [
      paragraph(
        'Vos soins en rapport avec votre affection de longue durée sont pris en charge à 100\u00a0% du tarif de l’Assurance Maladie.',
      ),
      paragraph('Mettez à jour votre carte Vitale dans une pharmacie : l’accord y sera inscrit.'),
      heading('Si vous n’êtes pas d’accord'),
      paragraph(
        'Vous pouvez saisir la commission de recours amiable de votre caisse dans un délai de deux mois.',
      ),
    ],
  },
  'rattachement-enfant.pdf': {
    title: 'Rattachement de votre enfant',
    blocks: [
      paragraph('Votre enfant est assuré avec vous. Ses soins vous sont remboursés.'),
      paragraph('Il figure sur votre attestation de droits. Mettez à jour votre carte Vitale.'),
    ],
  },
  'pension-invalidite.pdf': {
    title: 'Titre de pension d’invalidité',
    blocks: [
      paragraph('Vous recevez une pension d’invalidité de catégorie 2, versée chaque mois.'),
      paragraph('Gardez ce document : il peut vous être demandé.'),
      paragraph('Si vous travaillez à nouveau, dites-le-nous.'),
    ],
  },
  'indemnites-journalieres.pdf': {
    title: 'Paiement d’indemnités journalières à votre employeur',
    blocks: [
      paragraph(
        'Pendant votre arrêt de travail, votre employeur continue à vous payer. Nous lui versons vos indemnités journalières.',
      ),
      paragraph('Vous trouvez chaque paiement dans votre compte, avec sa période.'),
    ],
  },
};

/** What people read over a paper in their account. */
export function paperTitle(name: PaperName): string {
  return contents[name].title;
}

export function inventPaper(name: PaperName): PaperDocument {
  return {
    id: name,
    language: 'fr',
    sender: ['L’Assurance Maladie', 'Document inventé pour une démonstration'],
    date: 'Le 5 janvier 2026',
    frame: { kind: 'plain' },
    ...contents[name],
  };
}
