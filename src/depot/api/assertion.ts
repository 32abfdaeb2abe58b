import { z } from 'zod';
import { atOnce, required } from '#src/database/at-once.ts';
import { type PublicKeys, senderAlgorithms } from '#src/senders/public-keys.ts';
import { findSender, type Sender, senderCode, usingAssertion } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';
import { toleratedSkewSeconds } from '#src/time/clock.ts';

/** The longest life of an assertion. */
const mostSeconds = 300;

const claimsSchema = z.looseObject({
  jti: z.string().min(8).max(200),
  exp: z.number(),
  aud: z.union([z.string(), z.tuple([z.string()])]),
});

/**
 * The sender that signed an assertion (RFC 7523, section 3), which serves once: by a key of its own, for our token
 * address, for at most five minutes. Null for any other, without saying why.
 */
export async function senderOfAssertion(
  { db }: Pick<Services, 'db'>,
  assertion: string,
  { audience, now }: { readonly audience: string; readonly now: Date },
): Promise<Sender | null> {
  const { decodeJwt, jwtVerify, createLocalJWKSet, errors } = await import('jose');
  const verify = async (): Promise<Sender | null> => {
    const named = senderCode.safeParse(decodeJwt(assertion).iss);
    const sender = named.success ? await findSender(db, named.data) : null;
    if (!sender || sender.disabledAt !== null) return null;
    const keys = createLocalJWKSet({ keys: sender.keys.keys.map(bare) });
    const { payload } = await jwtVerify(assertion, keys, {
      algorithms: [...senderAlgorithms],
      issuer: sender.code,
      subject: sender.code,
      audience,
      clockTolerance: toleratedSkewSeconds,
      currentDate: now,
      requiredClaims: ['exp', 'jti', 'aud'],
    });
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success || claims.data.exp > now.getTime() / 1000 + mostSeconds + toleratedSkewSeconds)
      return null;
    const { jti, exp } = claims.data;
    const expiresAt = new Date((exp + 2 * toleratedSkewSeconds) * 1000);
    const isFirst = await atOnce(db, [required(usingAssertion(db, sender.code, { id: jti, expiresAt }))]);
    return isFirst ? sender : null;
  };
  try {
    return await verify();
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** A key without what could contradict its use here. */
function bare({ alg: _alg, use: _use, kid, ...key }: PublicKeys['keys'][number]) {
  return { ...key, ...(kid === undefined ? {} : { kid }) };
}
