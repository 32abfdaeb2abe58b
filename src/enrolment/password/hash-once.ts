import { createHash } from 'node:crypto';
import type { Dossier } from '#src/dossiers/dossier.ts';
import type { HashFor, HashLane } from '#src/passwords/lane.ts';
import type { LaneResult } from '#src/passwords/lane-result.ts';

export type HashOnce = (
  dossier: Pick<Dossier, 'id'>,
  password: string,
  whose: HashFor & { readonly signal: AbortSignal },
) => Promise<LaneResult<string>>;

/**
 * Hashes the password of a dossier once for all concurrent forms with the same one: a button pressed fifty times takes
 * one place in the queue. If the client of the first form leaves, one of the others starts again.
 */
export function openHashOnce(passwords: Pick<HashLane, 'hash'>): HashOnce {
  const running = new Map<string, Promise<LaneResult<string>>>();

  const hashOnce: HashOnce = async (dossier, password, whose) => {
    const key = createHash('sha256').update(`${dossier.id} ${password}`).digest('base64');
    const other = running.get(key);
    if (other) {
      const hashed = await other;
      const left = !hashed.ok && hashed.reason === 'abandoned' && !whose.signal.aborted;
      return left ? hashOnce(dossier, password, whose) : hashed;
    }
    const own = passwords.hash(password, whose);
    running.set(key, own);
    try {
      return await own;
    } finally {
      running.delete(key);
    }
  };
  return hashOnce;
}
