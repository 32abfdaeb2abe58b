/** A dependency of the service, as readiness sees it. */
export interface Check {
  readonly name: string;
  /** Answers false, or rejects, when the dependency fails. */
  holds(): boolean | Promise<boolean>;
  /**
   * Without it the service is only degraded (FranceConnect, the mail server): reported, but the node stays ready.
   * Taking it out of the proxy would stop what still works, on all nodes at once.
   */
  readonly degrades?: true;
}

interface Readiness {
  readonly ready: boolean;
  /** Names of the checks that do not hold; `stopping` during a shutdown. */
  readonly failing: readonly string[];
  /** Names of the failing checks that only degrade the service; absent when there is none. */
  readonly degraded?: readonly string[];
}

export interface Health {
  readiness(): Promise<Readiness>;
  /** The last result of each check; none before the first round. Runs no check. */
  known(): { readonly ready: boolean; readonly checks: ReadonlyMap<string, boolean> };
  /** Not ready from now on: the first step of a shutdown, so that the proxy sends no new visitor. */
  stopping(): void;
  isStopping(): boolean;
}

export interface HealthOptions {
  /** A check that takes longer fails. */
  readonly patienceMs?: number;
  /** How long a result is reused: anyone may ask, and each round costs a query. */
  readonly keptMs?: number;
  /** Called when a check starts to fail, with the cause, and when it passes again. */
  readonly onChange?: (check: string, holds: boolean, error?: unknown) => void;
}

/** Requests that arrive together, or soon after one another, share one round of checks. */
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
