import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type KeyPair, type Keys, makeKeys } from '#src/demo/franceconnect/keys.ts';
import { writeDurably } from '#src/demo/trays/write-durably.ts';

export interface ProviderSecrets {
  readonly keys: Keys;
  /** Signs its cookies. */
  readonly cookieKey: string;
}

const fileName = 'franceconnect.json';
const jwk = z.looseObject({ kty: z.string() });
const pair = z.object({
  kid: z.string(),
  alg: z.string(),
  privateJwk: jwk,
  publicJwk: jwk,
  pem: z.string(),
});
const stored = z.object({ own: z.tuple([pair, pair]), cookieKey: z.string() });

/** The keys of the provider of a class: the same after a restart, deleted with the class. */
export async function storedKeys(folder: string): Promise<ProviderSecrets> {
  const made = await makeKeys();
  const found = await readStored(join(folder, fileName));
  if (found) return { keys: keysOf(found.own, made), cookieKey: found.cookieKey };
  const cookieKey = randomBytes(32).toString('base64url');
  await writeDurably(folder, fileName, Buffer.from(JSON.stringify({ own: made.own, cookieKey })));
  return { keys: made, cookieKey };
}

function keysOf(own: readonly [KeyPair, KeyPair], { forger, rsa, rotate }: Keys): Keys {
  return { own, forger, rsa, rotate, current: () => own[0] };
}

async function readStored(path: string): Promise<z.infer<typeof stored> | null> {
  try {
    return stored.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}
