import { hash, timingSafeEqual } from 'node:crypto';
import type { Random } from '#src/crypto/random.ts';

/** The door of the trainers: a PIN from the terminal, few tries, and the browsers that have passed. */
export interface TrainerDoor {
  readonly pin: string;
  /** The secret for the cookie of a browser that typed the right PIN; why not otherwise. */
  enter(
    typed: string,
    now: Date,
  ): { readonly kind: 'entered'; readonly secret: string } | { readonly kind: 'wrong' | 'wait' };
  isTrainer(secret: string): boolean;
  /** That browser has to type the PIN again. */
  leave(secret: string): void;
}

/** Six digits with five tries a minute for everybody together: a month to try one in ten. */
const digits = 6;
const tries = { most: 5, windowMs: 60_000 };

export function openTrainerDoor(random: Random): TrainerDoor {
  const pin = random.digits(digits);
  const entered = new Set<string>();
  let failures: readonly number[] = [];
  return {
    pin,
    enter(typed, now) {
      const since = now.getTime() - tries.windowMs;
      failures = failures.filter((at) => at > since);
      if (failures.length >= tries.most) return { kind: 'wait' };
      if (!isSame(typed.replaceAll(/\s/g, ''), pin)) {
        failures = [...failures, now.getTime()];
        return { kind: 'wrong' };
      }
      const secret = random.bytes(24).toString('base64url');
      entered.add(digest(secret));
      return { kind: 'entered', secret };
    },
    isTrainer: (secret) => secret !== '' && entered.has(digest(secret)),
    leave: (secret) => void entered.delete(digest(secret)),
  };
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url');
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
