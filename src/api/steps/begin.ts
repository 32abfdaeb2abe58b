import { beginAnswer } from '#src/api/answers.ts';
import { type ApiAnswer, type ApiRequest, done, type Endpoint } from '#src/api/endpoint.ts';
import { unknownFields, wrongFields } from '#src/api/fields.ts';
import { problem } from '#src/api/problem.ts';
import { standingOf } from '#src/api/standing.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { beginEnrolment } from '#src/enrolment/begin-dossier.ts';
import { identify } from '#src/enrolment/identity/identify.ts';
import { identityProblem, readIdentity } from '#src/page-parts/identity/form.ts';
import { identitySchema } from '#src/page-parts/identity/schema.ts';
import { identityTexts } from '#src/page-parts/identity/texts.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';
import { newcomersMustWait } from '#src/web/http/errors.ts';

/** Opens a dossier for a person of the register, as the identity page does, and returns its token. */
export function beginEndpoint(services: Services): Endpoint {
  const schema = identitySchema(() => parisDate(services.clock.now()));

  async function begin(request: ApiRequest): Promise<ApiAnswer> {
    const { body, voice, client, session, now } = request;
    if (!session && services.passwords.stats().crowded) throw newcomersMustWait();
    const reading = readIdentity(schema, body);
    const wrong = [
      ...unknownFields(body, Object.keys(schema.shape)),
      ...(reading.ok ? [] : reading.problems),
    ];
    if (!reading.ok || wrong.length > 0)
      return wrongFields(wrong, voice, (one) => identityProblem(one, voice).text);
    const form = reading.value;
    const identified = await identify(services, form, { client, actor: { kind: 'program' } }, now);
    if (identified.kind === 'blocked') return problem('blocked', { until: identified.until });
    if (identified.kind !== 'recognised')
      return problem('identity-refused', { detail: identityTexts[voice].unknown });
    const { found, passing } = identified;
    const beginning = { form, found, older: session, passing: [passing], now };
    const begun = await beginEnrolment(services, beginning, 'bearer');
    if (!begun) return problem('blocked', { until: await identified.refused() });
    const { issued, answers } = begun;
    const { enrolmentIdleMinutes, enrolmentAbsoluteMinutes } = services.policy.session;
    const minutes = Math.min(enrolmentIdleMinutes, enrolmentAbsoluteMinutes);
    const expireLe = new Date(now.getTime() + minutes * 60_000).toISOString();
    return done({ jeton: issued.token, ...standingOf(answers), expireLe }, 201);
  }

  return {
    id: 'begin',
    method: 'POST',
    path: '/dossiers',
    open: true,
    body: schema,
    status: 201,
    answer: beginAnswer,
    problems: ['fields', 'identity-refused', 'blocked'],
    personOf: ({ body }) => {
      const nir = schema.shape.nir.safeParse(body.nir);
      return nir.success ? personKey(services.keyring, nir.data) : null;
    },
    handle: begin,
  };
}
