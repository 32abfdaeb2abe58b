import { changedAnswer, verificationAnswer } from '#src/api/answers.ts';
import { type AtStep, atStep } from '#src/api/at-step.ts';
import { type ApiAnswer, done, type Endpoint } from '#src/api/endpoint.ts';
import { unknownFields, wrongFields } from '#src/api/fields.ts';
import { problem } from '#src/api/problem.ts';
import { standingOf } from '#src/api/standing.ts';
import { cardProblem, cardSchema, readProof, requiredCard } from '#src/enrolment/card/form.ts';
import { prove } from '#src/enrolment/card/prove.ts';
import { cardTexts } from '#src/enrolment/card/texts.ts';
import { closeForExisting } from '#src/enrolment/existing-account.ts';
import { maskIban } from '#src/proofs/iban.ts';
import type { Services } from '#src/services.ts';

/** The proof by carte Vitale and IBAN: what this person must enter, and the judgement. */
export function verificationEndpoints(services: Services): readonly Endpoint[] {
  const { proof: rules } = services.policy;

  function ask({ dossier }: AtStep): ApiAnswer {
    const { identity } = dossier.answers;
    const carte = requiredCard(identity);
    const photo = carte === 'photo';
    return done({
      carte,
      prefixe: photo ? rules.photoCardPrefix : null,
      chiffres: photo ? rules.photoCardDigits : rules.plainCardDigits,
      ibanConnu: maskIban(identity.ibanStart ?? '', rules.ibanShown).start || null,
    });
  }

  async function judge(request: AtStep): Promise<ApiAnswer> {
    const { body, voice, dossier, session, client, now } = request;
    const { identity } = dossier.answers;
    const reading = readProof(body, identity, rules);
    const wrong = [
      ...unknownFields(body, Object.keys(cardSchema.shape)),
      ...(reading.ok ? [] : reading.problems),
    ];
    if (!reading.ok || wrong.length > 0)
      return wrongFields(wrong, voice, (one) => cardProblem(one, requiredCard(identity), voice).text);
    const proven = await prove(services, { session, dossier }, reading.value, client, now);
    switch (proven.kind) {
      case 'blocked':
        return problem('blocked', { until: proven.until });
      case 'disagrees':
        return problem('proof-refused', { detail: cardTexts[voice].disagree });
      case 'account-exists':
        await closeForExisting(services, session, proven.account, now);
        return problem('account-exists');
      case 'account-frozen':
        return problem('account-frozen');
      case 'overtaken':
        return problem('overtaken');
      case 'proved':
        return done({ jeton: proven.issued.token, ...standingOf(proven.answers) });
    }
  }

  return [
    {
      id: 'readVerification',
      method: 'GET',
      path: '/dossier/verification',
      status: 200,
      answer: verificationAnswer,
      problems: ['step-not-open'],
      handle: atStep('proof', ask),
    },
    {
      id: 'verify',
      method: 'POST',
      path: '/dossier/verification',
      body: cardSchema,
      status: 200,
      renewsToken: true,
      answer: changedAnswer,
      problems: [
        'step-not-open',
        'overtaken',
        'account-exists',
        'account-frozen',
        'fields',
        'proof-refused',
        'blocked',
      ],
      handle: atStep('proof', judge),
    },
  ];
}
