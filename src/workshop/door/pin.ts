import { hash, timingSafeEqual } from 'node:crypto';
import type { Random } from '#src/crypto/random.ts';
import { isLoopback, subscriberPart } from '#src/limits/client-address.ts';

/** The door of the trainers: a PIN from the terminal, few tries, and the browsers that have passed. */
export interface TrainerDoor {
  readonly pin: string;
  /** The secret for the cookie of a browser that typed the right PIN; why not otherwise. `client`: its address. */
  enter(
    typed: string,
    client: string,
    now: Date,
  ): { readonly kind: 'entered'; readonly secret: string } | { readonly kind: 'wrong' | 'wait' };
  isTrainer(secret: string): boolean;
  /** That browser has to type the PIN again. */
  leave(secret: string): void;
}

/** What a door remembers over a restart: the PIN, since when, and a digest of each browser that has passed. */
export interface DoorMemory {
  readonly pin: string;
  readonly since: string;
  readonly entered: readonly string[];
}

export interface DoorOptions {
  readonly random: Random;
  readonly now: Date;
  /** What was remembered; null: nothing. */
  readonly memory: DoorMemory | null;
  readonly remember: (memory: DoorMemory) => void;
}

const digits = 6;

/** A day’s work: a laptop that falls in the middle keeps its PIN; what was seen over a shoulder last week opens nothing. */
const keptMs = 12 * 3_600_000;

/** More browsers than all trainers of a day have; the oldest leave first. */
const mostEntered = 50;

/**
 * Five tries a minute for each client, and twenty for all in the room together: somebody with many addresses finds the PIN
 * of a day’s work once in a hundred. The computer that runs the workshop counts alone: nobody can keep its trainer out.
 */
const tries = { ofOne: 5, ofOthers: 20, windowMs: 60_000 };

export function openTrainerDoor({ random, now: opened, memory, remember }: DoorOptions): TrainerDoor {
  const age = memory ? opened.getTime() - Date.parse(memory.since) : keptMs;
  const kept = memory && age >= 0 && age < keptMs ? memory : null;
  const pin = kept?.pin ?? random.digits(digits);
  const since = kept?.since ?? opened.toISOString();
  let entered = kept?.entered ?? [];
  if (!kept) remember({ pin, since, entered });
  let failures: readonly { readonly client: string; readonly at: number }[] = [];
  return {
    pin,
    enter(typed, ip, now) {
      const from = now.getTime() - tries.windowMs;
      failures = failures.filter(({ at }) => at > from);
      const isHere = isLoopback(ip);
      const client = subscriberPart(ip);
      const ofOne = failures.filter((one) => one.client === client).length;
      const ofOthers = failures.length - failures.filter((one) => one.client === here).length;
      if (ofOne >= tries.ofOne || (!isHere && ofOthers >= tries.ofOthers)) return { kind: 'wait' };
      if (!isSame(typed.normalize('NFKC').replaceAll(/\D/g, ''), pin)) {
        failures = [...failures, { client, at: now.getTime() }];
        return { kind: 'wrong' };
      }
      const secret = random.bytes(24).toString('base64url');
      entered = [...entered, digest(secret)].slice(-mostEntered);
      remember({ pin, since, entered });
      return { kind: 'entered', secret };
    },
    isTrainer: (secret) => secret !== '' && entered.includes(digest(secret)),
    leave(secret) {
      const left = digest(secret);
      entered = entered.filter((one) => one !== left);
      remember({ pin, since, entered });
    },
  };
}

const here = subscriberPart('127.0.0.1');

function digest(text: string): string {
  return hash('sha256', text, 'base64url');
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
