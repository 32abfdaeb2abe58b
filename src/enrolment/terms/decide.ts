import { createHash } from 'node:crypto';
import type { OpenDossier } from '#src/access/who.ts';
import { recording } from '#src/audit/record.ts';
import { termsAccepted, termsRefused } from '#src/enrolment/events.ts';
import { type Kept, keepAnswers } from '#src/enrolment/keep-answers.ts';
import { termsTexts } from '#src/enrolment/terms/texts.ts';
import { answer } from '#src/journey/journey.ts';
import type { Services } from '#src/services.ts';
import { languageOf, type Voice } from '#src/texts/language.ts';

/** Stores the acceptance or refusal of the terms, with the version, hash and language of the text. */
export async function decideTerms(
  services: Pick<Services, 'db' | 'keyring' | 'policy'>,
  enrolment: OpenDossier,
  accepted: boolean,
  voice: Voice,
  now: Date,
): Promise<Kept> {
  const { version } = services.policy.terms;
  const answers = answer(enrolment.dossier.answers, {
    terms: {
      accepted,
      version,
      textHash: termsHash(voice),
      language: languageOf(voice),
      at: now.toISOString(),
    },
  });
  const kind = accepted ? termsAccepted : termsRefused;
  return keepAnswers(
    services,
    enrolment,
    answers,
    (circumstances) => recording(services.db, kind, { ...circumstances, details: { version } }),
    now,
  );
}

/** SHA-256 (hex) of the whole text, as evidence of what was accepted. */
function termsHash(voice: Voice): string {
  const { lead, clauses, articles } = termsTexts[voice];
  return createHash('sha256')
    .update(JSON.stringify([lead, clauses, articles]))
    .digest('hex');
}
