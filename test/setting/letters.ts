import type { BatchContext, LetterToCompose } from '#src/letters/compose/compose.ts';
import type { Enclosed } from '#src/letters/compose/texts.ts';
import type { LetterNotice } from '#src/notices/notice.ts';
import { loadPolicy } from '#src/policy/load.ts';
import type { Voice } from '#src/texts/language.ts';

const envelope = 'Éloïse D’ŒUVRÉ\n12 bis rue de l’Hôtel-de-Ville\n80000 AMIENS';

const notices: { readonly [Kind in LetterNotice['kind']]: LetterNotice } = {
  'provisional-code-letter': {
    kind: 'provisional-code-letter',
    content: { code: 'K7M2P9XQT4', until: '2026-03-23T22:59:59.999Z', envelope },
  },
  'account-created-letter': {
    kind: 'account-created-letter',
    content: { envelope, dispute: 'H4R7W2NKT93C', disputeUntil: '2026-04-01T21:59:59.999Z' },
  },
  'account-frozen-letter': { kind: 'account-frozen-letter', content: { envelope } },
  'departure-letter': {
    kind: 'departure-letter',
    content: { envelope, leftAt: '2026-03-01T00:00:00.000Z', until: '2026-05-30T21:59:59.999Z' },
  },
  'document-letter': {
    kind: 'document-letter',
    content: { envelope, toAnotherAdult: false },
  },
};

/** Documents that go with a letter. */
export const documents: readonly Enclosed[] = [
  { title: 'Relevé annuel', depositedAt: new Date('2026-02-14T09:00:00Z'), why: 'unread' },
  {
    title: 'Votre notification de prise en charge d’un traitement de longue durée par l’assurance maladie',
    depositedAt: new Date('2026-02-16T09:00:00Z'),
    why: 'unread',
  },
];

/** A letter to a fictitious person, for tests. */
export function aLetter(kind: LetterNotice['kind'], voice: Voice = 'fr'): LetterToCompose {
  return {
    id: '3f2a91c4-0000-4000-8000-000000000001',
    notice: notices[kind],
    voice,
    createdAt: new Date('2026-03-01T09:00:00Z'),
    enclosed: kind === 'document-letter' ? documents.slice(0, 1) : [],
    to: envelope.split('\n'),
    caisse: {
      code: '801',
      name: 'Somme',
      departements: ['80'],
      telephone: '3646',
      mailbox: null,
      address: ['CPAM de la Somme', '80021 AMIENS CEDEX 9'],
      website: null,
    },
  };
}

export const context: BatchContext = {
  policy: loadPolicy('ameli-2025'),
  publicUrl: 'https://compte.essai.fr',
  returnAddress: [],
  createdAt: new Date('2026-03-02T09:00:00Z'),
};
