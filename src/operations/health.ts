/** One thing that the service needs. */
export interface Check {
  readonly name: string;
  /** Answers false, or rejects, when it is not so. */
  holds(): boolean | Promise<boolean>;
  /**
   * Without it the service goes on with less (FranceConnect, the mail server): told, but the node stays ready. Taking
   * it out would end what still works, and on all nodes at once.
   */
  readonly degrades?: true;
}

interface Readiness {
  readonly ready: boolean;
  /** Names of the checks that do not hold; `stopping` during a shutdown. */
  readonly failing: readonly string[];
  /** Names of those that do not hold and without which it goes on; not there when all hold. */
  readonly degraded?: readonly string[];
}

export interface Health {
  readiness(): Promise<Readiness>;
  /** How each check stood the last time; not there before the first. Nothing is asked. */
  known(): { readonly ready: boolean; readonly checks: ReadonlyMap<string, boolean> };
  /** From now on not ready: said first, so that no new visitor is sent here. */
  stopping(): void;
  isStopping(): boolean;
}

export interface HealthOptions {
  /** A check that has not answered after this does not hold. */
  readonly patienceMs?: number;
  /** How long an answer serves whoever asks: anybody may, and each answer costs a query. */
  readonly keptMs?: number;
  /** Told when a check begins to fail, with why, and when it holds again. */
  readonly onChange?: (check: string, holds: boolean, error?: unknown) => void;
}

/** Questions that come together, or soon after one another, are answered by one round of checks. */
export function openHealth(
  checks: readonly Check[],
  { patienceMs = 1_000, keptMs = 500, onChange = () => {} }: HealthOptions = {},
): Health {
  let stopping = false;
  let asked: Promise<void> | null = null;
  const known = new Map<string, boolean>();

  async function ask(): Promise<void> {
    const results = await Promise.all(checks.map((check) => holdsInTime(check, patienceMs)));
    checks.forEach(({ name }, index) => {
      const { holds, error } = results[index] ?? { holds: false, error: undefined };
      const before = known.get(name) ?? true;
      known.set(name, holds);
      if (before !== holds) onChange(name, holds, error);
    });
    setTimeout(() => {
      asked = null;
    }, keptMs).unref();
  }

  const notHolding = (degrading: boolean) =>
    checks
      .filter(({ name, degrades = false }) => degrades === degrading && known.get(name) === false)
      .map(({ name }) => name);

  return {
    async readiness() {
      if (stopping) return { ready: false, failing: ['stopping'] };
      asked ??= ask();
      await asked;
      const failing = notHolding(false);
      const degraded = notHolding(true);
      return { ready: failing.length === 0, failing, ...(degraded.length > 0 ? { degraded } : {}) };
    },
    known: () => ({
      ready: !stopping && known.size > 0 && notHolding(false).length === 0,
      checks: known,
    }),
    stopping() {
      stopping = true;
    },
    isStopping: () => stopping,
  };
}

interface Held {
  readonly holds: boolean;
  readonly error?: unknown;
}

async function holdsInTime(check: Check, patienceMs: number): Promise<Held> {
  const tooLate = Promise.withResolvers<Held>();
  const timer = setTimeout(() => tooLate.resolve({ holds: false }), patienceMs);
  const asked = async (): Promise<Held> => ({ holds: await check.holds() });
  try {
    return await Promise.race([asked(), tooLate.promise]);
  } catch (error) {
    return { holds: false, error };
  } finally {
    clearTimeout(timer);
  }
}
