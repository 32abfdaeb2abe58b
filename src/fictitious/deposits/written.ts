import type { Life } from '#src/fictitious/deposits/life.ts';
import type { PaperName } from '#src/fictitious/deposits/papers.ts';

/** What a caisse wrote to somebody some time ago. */
export type Written = {
  /** Names it for good. */
  readonly id: string;
  readonly daysAgo: number;
  /** Whether the person has read it since. */
  readonly read: boolean;
} & (
  | {
      readonly kind: 'message';
      readonly subject: string;
      readonly text: string;
      readonly paper: PaperName | null;
    }
  | { readonly kind: 'document'; readonly paper: PaperName; readonly rank: number; readonly matters: boolean }
);

const signature = 'Votre caisse d’assurance maladie';

const forEverybody: readonly Written[] = [
  {
    kind: 'message',
    id: 'bienvenue',
    daysAgo: 390,
    read: true,
    subject: 'Bienvenue dans votre espace d’échanges',
    text: `Bonjour,\n\nVous pouvez nous écrire ici et joindre des fichiers. Notre réponse arrive au même endroit.\n\n${signature}`,
    paper: null,
  },
  {
    kind: 'document',
    id: 'carte-europeenne',
    daysAgo: 210,
    read: true,
    paper: 'carte-europeenne.pdf',
    rank: 1,
    matters: false,
  },
  {
    kind: 'message',
    id: 'prevention',
    daysAgo: 45,
    read: true,
    subject: 'Vos examens de prévention',
    text: `Bonjour,\n\nLa liste de vos examens de prévention est jointe à ce message. Ils sont pris en charge à 100\u00a0%.\n\n${signature}`,
    paper: 'examens-de-prevention.pdf',
  },
  {
    kind: 'document',
    id: 'situation',
    daysAgo: 3,
    read: false,
    paper: 'situation-a-verifier.pdf',
    rank: 1,
    matters: true,
  },
  {
    kind: 'message',
    id: 'vaccination',
    daysAgo: 2,
    read: false,
    subject: 'Vaccination contre la grippe',
    text: `Bonjour,\n\nLa vaccination contre la grippe est possible dès maintenant chez votre médecin ou dans une pharmacie.\n\nSi vous êtes déjà vacciné, vous n’avez rien à faire.\n\n${signature}`,
    paper: null,
  },
];

const withoutRights: Written = {
  kind: 'message',
  id: 'droits-fermes',
  daysAgo: 6,
  read: false,
  subject: 'Vos droits sont fermés',
  text: `Bonjour,\n\nVos droits à l’Assurance Maladie sont fermés. Écrivez-nous ici si vous vivez toujours en France\u00a0: nous étudierons votre situation.\n\n${signature}`,
  paper: null,
};

/** What the caisse of somebody has written to them, the oldest first. */
export function inventWritten(life: Life): readonly Written[] {
  if (life.cover === 'none') return [withoutRights];
  const own = life.papers.map(
    ({ paper, rank }, index): Written => ({
      kind: 'document',
      id: `${paper}-${rank}`,
      daysAgo: 120 - index,
      read: true,
      paper,
      rank,
      matters: true,
    }),
  );
  return [...forEverybody, ...own].toSorted((a, b) => b.daysAgo - a.daysAgo);
}
