import { z } from 'zod';
import { signedOut } from '#src/account/events.ts';
import { signInAnswer } from '#src/api/account/answers.ts';
import { type ApiAnswer, type ApiRequest, done, type Endpoint } from '#src/api/endpoint.ts';
import { unknownFields, wrongFields } from '#src/api/fields.ts';
import { problem } from '#src/api/problem.ts';
import { apiRoot } from '#src/api/standing.ts';
import { recording } from '#src/audit/record.ts';
import { parseNir } from '#src/civil-status/nir.ts';
import { presentedDevice } from '#src/credentials/known-devices.ts';
import { personKey, personKeys } from '#src/crypto/keyring.ts';
import { releaseClaim } from '#src/limits/claim-attempt.ts';
import { identityProblem } from '#src/page-parts/identity/form.ts';
import { passwordSchema } from '#src/page-parts/password/schema.ts';
import { readFields, typedText, wrong } from '#src/page-parts/typed-text.ts';
import type { Services } from '#src/services.ts';
import { actorOf } from '#src/sessions/actor.ts';
import { leaveSession } from '#src/sessions/change-session.ts';
import { enterByPassword } from '#src/sign-in/enter-by-password.ts';
import { type Entrant, findEntrant, takesPassword } from '#src/sign-in/entrant.ts';
import { type Judgement, judgePassword } from '#src/sign-in/judge-password.ts';
import { signInTexts } from '#src/sign-in/texts.ts';

const schema = z.object({
  nir: typedText({ examples: ['162122B010001'] }, (typed) => {
    const nir = parseNir(typed);
    return nir.ok ? { ok: true, value: nir.nir } : wrong(nir.reason);
  }),
  ...passwordSchema.shape,
  /** Known from an earlier sign-in: tries by others do not block it, and its owner is not told of it again. */
  appareil: z.string().max(2_000, 'over-length').default(''),
});

type Typed = z.infer<typeof schema>;

/** Signs in and out of an account by its password: as the page does, with the same counters. */
export function signInEndpoints(services: Services): readonly Endpoint[] {
  async function enter(request: ApiRequest): Promise<ApiAnswer> {
    const { body, voice } = request;
    const reading = readFields(schema, body);
    const faults = [
      ...unknownFields(body, Object.keys(schema.shape)),
      ...(reading.ok ? [] : reading.problems),
    ];
    if (reading.ok && faults.length === 0) return judge(services, request, reading.value);
    return wrongFields(faults, voice, (one) =>
      one.field === 'nir' ? identityProblem(one, voice).text : signInTexts[voice].passwordEmpty,
    );
  }

  async function leave({ session, now }: ApiRequest): Promise<ApiAnswer> {
    if (!session) return problem('unauthenticated');
    const { personKey: person, kind } = session;
    const event = { person, actor: actorOf(session), at: now, details: { kind } };
    await leaveSession(services.db, session, [recording(services.db, signedOut, event)]);
    return { kind: 'done', status: 204 };
  }

  return [
    {
      id: 'signIn',
      method: 'POST',
      path: '/connexion',
      open: true,
      body: schema,
      status: 201,
      answer: signInAnswer,
      problems: ['fields', 'sign-in-refused'],
      handle: enter,
    },
    { id: 'signOut', method: 'DELETE', path: '/connexion', status: 204, problems: [], handle: leave },
  ];
}

async function judge(services: Services, request: ApiRequest, typed: Typed): Promise<ApiAnswer> {
  const { db, keyring } = services;
  const { client, signal, now } = request;
  const { nir, motDePasse: password, appareil: device } = typed;
  const subject = personKey(keyring, nir);
  const found = await findEntrant(db, keyring, presentedDevice(personKeys(keyring, nir), device), now);
  const holder = found && takesPassword(found) ? found : null;
  const judged = await judgePassword(services, { client, signal, now }, { nir, subject, holder, password });
  switch (judged.kind) {
    case 'busy':
      return problem('overloaded', { retryAfterSeconds: judged.retryAfterSeconds });
    case 'refused':
      return problem('sign-in-refused', { until: judged.until });
    case 'code':
      return problem('sign-in-refused', { until: now });
    case 'accepted':
      if (!holder) return problem('sign-in-refused', { until: now });
      return begin(services, request, { ...typed, subject, holder, judged }).catch(async (error: unknown) => {
        await releaseClaim(services, judged.claim, now);
        throw error;
      });
  }
}

interface Accepted extends Typed {
  readonly subject: Buffer;
  readonly holder: Entrant;
  readonly judged: Extract<Judgement, { kind: 'accepted' }>;
}

/** Begins a session under a token; an account that cannot be entered is refused as a wrong password is. */
async function begin(
  services: Services,
  { client, signal, userAgent, session: older, now }: ApiRequest,
  { nir, motDePasse, appareil: device, subject, holder, judged }: Accepted,
): Promise<ApiAnswer> {
  const place = { client, signal, userAgent, device, older, now };
  const right = { entrant: holder, judged, nir, typed: motDePasse, subject };
  const { outcome, cookie } = await enterByPassword(services, { ...place, ...right, carrier: 'bearer' });
  if (outcome.kind === 'challenge') return outcome.factor;
  if (outcome.kind === 'refusal')
    return problem('sign-in-refused', { until: outcome.reason === 'blocked' ? outcome.until : now });
  const { token, maxAgeSeconds } = outcome.issued;
  const next = outcome.opens === 'account' ? 'mon-compte/paiements' : 'dossier/validation-email';
  return done(
    {
      jeton: token,
      suite: `${apiRoot}/${next}`,
      expireLe: new Date(now.getTime() + maxAgeSeconds * 1_000).toISOString(),
      appareil: cookie.value,
    },
    201,
  );
}
