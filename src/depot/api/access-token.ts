import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { fingerprint, fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import { type Sender, type SenderScope, senderCode, senderScopes } from '#src/senders/sender.ts';
import { parseJson } from '#src/texts/json.ts';

export const tokenSeconds = 600;

const claimsSchema = z.strictObject({
  sender: senderCode,
  scopes: z.array(z.enum(senderScopes)),
  /** In milliseconds since 1970. */
  end: z.int(),
  /** Of the keys that the sender had: with others, the token is over. */
  keys: z.string(),
});

export type TokenClaims = z.infer<typeof claimsSchema>;

/** An access token: what it allows, signed. It opens nothing that the sender may not do any more when it is used. */
export function issueAccessToken(
  keyring: Keyring,
  sender: Sender,
  scopes: readonly SenderScope[],
  now: Date,
): string {
  const end = now.getTime() + tokenSeconds * 1000;
  const claims: TokenClaims = {
    sender: sender.code,
    scopes: [...scopes],
    end,
    keys: keysMark(keyring, sender),
  };
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${fingerprint(keyring, 'sender-token', body).toString('base64url')}`;
}

/** What a token says; null for one that is forged or over. Computes two hashes, reads nothing. */
export function readAccessToken(keyring: Keyring, token: string, now: Date): TokenClaims | null {
  const [, body = '', mac = ''] = /^([\w-]{20,800})\.([\w-]{43})$/.exec(token) ?? [];
  const given = Buffer.from(mac, 'base64url');
  const isOurs = keyring.versions.some((version) => {
    const right = fingerprintWith(keyring, version, 'sender-token', body);
    return given.length === right.length && timingSafeEqual(given, right);
  });
  if (!isOurs) return null;
  const read = claimsSchema.safeParse(parseJson(Buffer.from(body, 'base64url').toString('utf8')));
  return read.success && read.data.end > now.getTime() ? read.data : null;
}

/** The sender of a token as it may act: null when it was disabled or has other keys since. */
export function actingSender(keyring: Keyring, claims: TokenClaims, sender: Sender | null): Sender | null {
  if (!sender || sender.disabledAt !== null || sender.code !== claims.sender) return null;
  if (!keyring.versions.some((version) => markWith(keyring, version, sender) === claims.keys)) return null;
  return { ...sender, scopes: sender.scopes.filter((scope) => claims.scopes.includes(scope)) };
}

function keysMark(keyring: Keyring, sender: Sender): string {
  return markWith(keyring, keyring.current, sender);
}

function markWith(keyring: Keyring, version: number, { keys }: Sender): string {
  return fingerprintWith(keyring, version, 'sender-keys', JSON.stringify(keys)).toString('base64url');
}
