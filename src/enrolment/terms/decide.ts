import { createHash } from 'node:crypto';
import { type Dossier, type Kept, saveAnswers } from '#src/dossiers/dossier.ts';
import { termsTexts } from '#src/enrolment/terms/texts.ts';
import { answer } from '#src/journey/journey.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

/** Keeps the acceptance or the refusal of the terms, with which text was read in which language. */
export async function decide(
  { db, keyring, policy }: Pick<Services, 'db' | 'keyring' | 'policy'>,
  dossier: Dossier,
  accepted: boolean,
  language: Language,
  now: Date,
): Promise<Kept> {
  const { version } = policy.terms;
  const answers = answer(dossier.answers, {
    terms: { accepted, version, textHash: termsHash(language), language, at: now.toISOString() },
  });
  const kind = accepted ? 'terms-accepted' : 'terms-refused';
  return saveAnswers(db, keyring, dossier, answers, { kind, details: { version } }, now);
}

/** SHA-256 (hex) of the whole text that was accepted, to prove later which one it was. */
function termsHash(language: Language): string {
  const { lead, clauses, articles } = termsTexts[language];
  return createHash('sha256')
    .update(JSON.stringify([lead, clauses, articles]))
    .digest('hex');
}
