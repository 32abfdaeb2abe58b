import { standingAnswer, termsAnswer } from '#src/api/answers.ts';
import { type AtStep, atStep } from '#src/api/at-step.ts';
import { type ApiAnswer, done, type Endpoint } from '#src/api/endpoint.ts';
import { unknownFields, wrongFields } from '#src/api/fields.ts';
import { problem } from '#src/api/problem.ts';
import { standingOf } from '#src/api/standing.ts';
import { decideTerms } from '#src/enrolment/terms/decide.ts';
import { termsSchema } from '#src/enrolment/terms/schema.ts';
import { termsTexts } from '#src/enrolment/terms/texts.ts';
import { readFields } from '#src/page-parts/typed-text.ts';
import type { Services } from '#src/services.ts';
import { languageOf } from '#src/texts/language.ts';

/** The terms of use: their whole text, and the answer to them. */
export function termsEndpoints(services: Services): readonly Endpoint[] {
  function read({ dossier, voice }: AtStep): ApiAnswer {
    const t = termsTexts[voice];
    return done({
      version: services.policy.terms.version,
      langue: languageOf(voice),
      introduction: t.lead,
      clauses: t.clauses,
      articles: t.articles.map(([titre, texte]) => ({ titre, texte })),
      accord: dossier.answers.terms?.accepted ?? null,
    });
  }

  async function answer({ body, session, dossier, voice, now }: AtStep): Promise<ApiAnswer> {
    const reading = readFields(termsSchema, body);
    const wrong = [
      ...unknownFields(body, Object.keys(termsSchema.shape)),
      ...(reading.ok ? [] : reading.problems),
    ];
    if (!reading.ok || wrong.length > 0) return wrongFields(wrong, voice, () => termsTexts[voice].choose);
    const kept = await decideTerms(services, { session, dossier }, reading.value.accord, voice, now);
    return kept.kind === 'overtaken' ? problem('overtaken') : done({ ...standingOf(kept.answers) });
  }

  return [
    {
      id: 'readTerms',
      method: 'GET',
      path: '/dossier/conditions',
      status: 200,
      answer: termsAnswer,
      problems: ['step-not-open'],
      handle: atStep('terms', read),
    },
    {
      id: 'answerTerms',
      method: 'POST',
      path: '/dossier/conditions',
      body: termsSchema,
      status: 200,
      answer: standingAnswer,
      problems: ['step-not-open', 'overtaken', 'fields'],
      handle: atStep('terms', answer),
    },
  ];
}
