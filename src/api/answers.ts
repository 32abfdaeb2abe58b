import { z } from 'zod';
import { stages } from '#src/api/standing.ts';

const text = (example: string) => z.string().meta({ examples: [example] });
const token = text(
  'AAAAAcQ0o6bq0m1yJmT5r0cF8iUuG3xYw2Vn7dZkLh9sEpBtXoKfMa4RzWlHgDqS1vIyNjCePuT6bA8mJwQrF5xLdGk',
);
const instant = z.iso.datetime().meta({ examples: ['2026-03-02T10:00:00.000Z'] });

/** The schemas of answers, from which the documentation is generated; tests validate every answer against them. */
export const standingAnswer = z.object({
  etape: z.enum(stages),
  suite: text('/api/v1/dossier/conditions'),
});

/** A step that changes what the token may do issues a new one; the older one is no longer valid. */
export const changedAnswer = z.object({ jeton: token, ...standingAnswer.shape });

export const dossierAnswer = z.object({ ...standingAnswer.shape, expireLe: instant });

export const beginAnswer = z.object({
  jeton: token,
  ...dossierAnswer.shape,
});

export const verificationAnswer = z.object({
  carte: z.enum(['photo', 'sans-photo']),
  prefixe: text('8025000002').nullable(),
  chiffres: z.array(z.int()).meta({ examples: [[11]] }),
  ibanConnu: text('FR 64 2004 1*** **01 3478').nullable(),
});

export const termsAnswer = z.object({
  version: text('2025-03'),
  langue: z.enum(['fr', 'en']),
  introduction: z.string(),
  clauses: z.array(z.string()),
  articles: z.array(z.object({ titre: z.string(), texte: z.string() })),
  accord: z.boolean().nullable(),
});

export const passwordAnswer = z.object({
  minimum: z.int(),
  maximum: z.int(),
  composition: z.enum(['mixed', 'digits', 'free']),
  signes: z.string(),
});

export const contactAnswer = z.object({
  telephones: z.array(z.enum(['portable', 'fixe'])),
  consentements: z.array(z.object({ champ: z.string(), texte: z.string(), version: z.string() })),
});

export const waitingAnswer = z.object({
  adresse: text('a•••••i@ex•••••.fr'),
  chiffres: z.int().meta({ examples: [8] }),
  lienActifJusquA: instant,
  attenteJusquA: instant,
  message: text('handed-over').nullable(),
});
