import type { CustomFetch, CustomFetchOptions } from 'openid-client';
import { Unfit } from '#src/oidc/metadata.ts';
import type { Breaker } from '#src/operations/breaker.ts';

/** A whole answer of the provider, kept to be read again. */
interface Kept {
  readonly status: number;
  readonly headers: [string, string][];
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The provider gives no answer: the breaker is open, it fails (5xx), nothing came in time, or too much. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export const timeoutSeconds = 6;
const largestAnswer = 256 * 1024;
const keysKeptMs = 600_000;

/** How this service asks the provider: through the breaker, within 6 seconds, 256 KiB at most. */
export interface Wire {
  readonly fetch: CustomFetch;
  /** Asks for the keys, for the journeys of the next minutes; rejects when none can be used. */
  warmKeys(address: string): Promise<void>;
  /** For one journey: answers are kept, so that they can be judged a second time under the provider's newest keys. */
  journey(keysAddress: string | undefined): JourneyWire;
}

export interface JourneyWire {
  readonly fetch: CustomFetch;
  /**
   * From now on every answer is the one of before, but the keys are asked for anew. False when that changes nothing:
   * they are new already, or somebody did not answer and would only be waited for twice.
   */
  renewKeys(): boolean;
}

/**
 * `readKeys` makes of a JWKS what can be used of it, or throws. `placeOf`: where an address is really asked; by default
 * where it says.
 */
export function openWire(
  breaker: Breaker,
  elapsed: () => number,
  readKeys = (jwks: string) => jwks,
  placeOf = (address: string) => address,
): Wire {
  let keys: { readonly kept: Kept; readonly at: number; readonly address: string } | null = null;

  async function ask(url: string, options: CustomFetchOptions): Promise<Kept> {
    const kept = await breaker
      .run(
        () => receive(placeOf(url), options),
        ({ status }) => status >= 500,
      )
      .catch((cause) => {
        throw new Unreachable('The provider does not answer as it should', { cause });
      });
    if (kept === null) throw new Unreachable('The provider is not asked for the moment');
    if (kept.status >= 500) throw new Unreachable('The provider is in trouble');
    return kept;
  }

  async function askKeys(url: string, options: CustomFetchOptions): Promise<Kept> {
    const kept = await ask(url, options);
    if (kept.status !== 200) throw new Unfit('keys-status');
    const body = new TextEncoder().encode(readKeys(new TextDecoder().decode(kept.body)));
    const usable = { ...kept, body };
    keys = { kept: usable, at: elapsed(), address: url };
    return usable;
  }

  return {
    fetch: async (url, options) => responseOf(await ask(url, options)),
    async warmKeys(address) {
      const options = { method: 'GET', headers: { accept: 'application/json' }, body: undefined };
      await askKeys(address, { ...options, redirect: 'manual' });
    },
    journey(keysAddress) {
      const answers = new Map<string, Kept>();
      let oldKeysUsed = false;
      let unanswered = false;
      let renew = false;
      const noted = (answer: Promise<Kept>) =>
        answer.catch((error) => {
          unanswered = true;
          throw error;
        });
      return {
        async fetch(url, options) {
          if (url === keysAddress) {
            const known = keys?.address === url && elapsed() - keys.at < keysKeptMs ? keys : null;
            if (!known || renew) return responseOf(await noted(askKeys(url, options)));
            oldKeysUsed = true;
            return responseOf(known.kept);
          }
          const kept = answers.get(url) ?? (await noted(ask(url, options)));
          answers.set(url, kept);
          return responseOf(kept);
        },
        renewKeys() {
          renew = oldKeysUsed && !unanswered;
          return renew;
        },
      };
    },
  };
}

async function receive(url: string, { method, headers, body: sent }: CustomFetchOptions): Promise<Kept> {
  const signal = AbortSignal.timeout(timeoutSeconds * 1_000);
  const carried = sent === null || sent === undefined ? {} : { body: sent };
  const response = await fetch(url, { method, headers, ...carried, redirect: 'manual', signal });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (length > largestAnswer) throw new Unreachable('The provider answers too much');
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return { status: response.status, headers: [...response.headers], body };
}

function responseOf({ status, headers, body }: Kept): Response {
  const bodiless = status === 204 || status === 205 || status === 304;
  return new Response(bodiless ? null : body, { status, headers });
}
