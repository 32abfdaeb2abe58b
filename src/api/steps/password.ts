import { passwordAnswer, standingAnswer } from '#src/api/answers.ts';
import { type AtStep, atStep } from '#src/api/at-step.ts';
import { type ApiAnswer, done, type Endpoint } from '#src/api/endpoint.ts';
import { unknownFields, wrongFields } from '#src/api/fields.ts';
import { problem } from '#src/api/problem.ts';
import { standingOf } from '#src/api/standing.ts';
import { choosePassword, passwordContext } from '#src/enrolment/password/choose.ts';
import { openHashOnce } from '#src/enrolment/password/hash-once.ts';
import { passwordFaults, passwordFaultText } from '#src/page-parts/password/fields.ts';
import { passwordSchema } from '#src/page-parts/password/schema.ts';
import type { Services } from '#src/services.ts';

/** The password: its rules, and the choice of one. */
export function passwordEndpoints(services: Services): readonly Endpoint[] {
  const { policy } = services;
  const hashOnce = openHashOnce(services.passwords);

  function ask(): ApiAnswer {
    const { minimum, maximum, composition, specials } = policy.password;
    return done({ minimum, maximum, composition, signes: specials });
  }

  async function choose(request: AtStep): Promise<ApiAnswer> {
    const { body, dossier, voice } = request;
    const reading = await passwordFaults(body, passwordContext(dossier, policy));
    const wrong = [
      ...unknownFields(body, Object.keys(passwordSchema.shape)),
      ...(reading.ok ? [] : reading.problems),
    ];
    if (!reading.ok || wrong.length > 0)
      return wrongFields(wrong, voice, ({ code }) => passwordFaultText(code, voice));
    const chosen = await choosePassword(services, hashOnce, request, reading.value, request);
    switch (chosen.kind) {
      case 'busy':
        return problem('overloaded', { retryAfterSeconds: chosen.retryAfterSeconds });
      case 'overtaken':
        return problem('overtaken');
      case 'kept':
        return done({ ...standingOf(chosen.answers) });
    }
  }

  return [
    {
      id: 'readPassword',
      method: 'GET',
      path: '/dossier/mot-de-passe',
      status: 200,
      answer: passwordAnswer,
      problems: ['step-not-open'],
      handle: atStep('password', ask),
    },
    {
      id: 'choosePassword',
      method: 'POST',
      path: '/dossier/mot-de-passe',
      body: passwordSchema,
      status: 200,
      answer: standingAnswer,
      problems: ['step-not-open', 'overtaken', 'fields'],
      handle: atStep('password', choose),
    },
  ];
}
