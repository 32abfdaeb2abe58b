import { z } from 'zod';
import { kindNames } from '#src/account/payments/filter-form.ts';
import { mediaTypes } from '#src/files/media-type.ts';
import { acts } from '#src/reimbursement/payment.ts';

const text = (example: string) => z.string().meta({ examples: [example] });
const day = text('2026-03-02');
const instant = z.iso.datetime().meta({ examples: ['2026-03-02T10:00:00.000Z'] });
const rank = z.int().meta({ examples: [1] });
/** In cents, so that no program rounds. */
const cents = z.int().meta({ examples: [1900] });
const uuid = text('6f1c2a9e-3b1d-4c52-9a35-0d7c1f0e8b11');
const nature = z.enum(Object.values(kindNames)).meta({ examples: [kindNames.care] });

export const signInAnswer = z.object({
  jeton: text('AAAAAcQ0o6bq0m1yJmT5r0cF8iUuG3xYw2Vn7dZkLh9sEpBt'),
  suite: text('/api/v1/mon-compte/paiements'),
  expireLe: instant,
  appareil: text('k3Vw2Vn7dZkLh9sEpBtXoKfMa4RzWlHgDqS1vIyNjCe'),
});

export const paymentsAnswer = z.object({
  periode: z.object({ du: day, au: day }),
  releves: z.array(z.string()).meta({ examples: [['2026-02']] }),
  relevesFiscaux: z.array(z.int()).meta({ examples: [[2025]] }),
  personnes: z.array(z.object({ rang: rank, nom: z.string().nullable() })),
  paiements: z.array(
    z.object({
      id: uuid,
      date: day,
      nature,
      montant: cents,
      destinataire: z.string().nullable(),
      parts: z.array(z.object({ rang: rank, montant: cents, participations: cents, franchises: cents })),
    }),
  ),
});

const careLine = z.object({
  genre: z.literal('soin'),
  acte: z.enum(acts),
  libelle: z.string(),
  rang: rank,
  date: day,
  paye: cents,
  base: cents,
  taux: z.number(),
  rembourse: cents,
  transmis: z.boolean(),
});

const benefitLine = z.object({
  genre: z.literal('prestation'),
  libelle: z.string(),
  rang: rank,
  du: day,
  au: day,
  parJour: cents.nullable(),
  verse: cents,
});

export const paymentAnswer = z.object({
  id: uuid,
  date: day,
  nature,
  montant: cents,
  destinataire: z.string().nullable(),
  lignes: z.array(z.discriminatedUnion('genre', [careLine, benefitLine])),
  retenues: z.array(
    z.object({
      genre: z.enum(['participation', 'franchise']),
      libelle: z.string(),
      rang: rank,
      date: day,
      montant: cents,
    }),
  ),
  phrases: z.array(z.string()),
});

export const rightsAnswer = z.object({
  beneficiaires: z.array(
    z.object({
      rang: rank,
      nom: z.string(),
      prenoms: z.array(z.string()),
      dateNaissance: day,
      du: day,
      au: day.nullable(),
      medecinTraitant: z.boolean(),
    }),
  ),
});

export const documentsAnswer = z.object({
  documents: z.array(
    z.object({
      id: uuid,
      titre: z.string(),
      expediteur: z.string().nullable(),
      rang: rank,
      deposeLe: instant,
      luLe: instant.nullable(),
      important: z.boolean(),
      type: z.enum(mediaTypes),
      octets: z.int(),
    }),
  ),
});

export const messagesAnswer = z.object({
  messages: z.array(
    z.object({
      id: uuid,
      fil: uuid,
      sens: z.enum(['recu', 'envoye']),
      correspondant: z.string().nullable(),
      sujet: z.string(),
      texte: z.string(),
      pieces: z.array(z.object({ id: uuid, titre: z.string(), type: z.enum(mediaTypes), octets: z.int() })),
      date: instant,
      luLe: instant.nullable(),
    }),
  ),
});
