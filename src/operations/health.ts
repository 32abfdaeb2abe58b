/** A dependency of the service, as readiness sees it. */
export interface Check {
  readonly name: string;
  /** Answers false, or rejects, when the dependency fails. */
  holds(): boolean | Promise<boolean>;
  /**
   * Its failure only degrades the service (FranceConnect, the mail server): reported, but the node stays ready. Taking
   * the node out of the proxy would stop what still works, on all nodes at once.
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
  lastResults(): { readonly ready: boolean; readonly checks: ReadonlyMap<string, boolean> };
  /** Not ready from now on: the first step of a shutdown, so that the proxy sends no new request. */
  stopping(): void;
  isStopping(): boolean;
}

export interface HealthOptions {
  /** A check that takes longer fails. */
  readonly timeoutMs?: number;
  /** How long a result is reused: the address is public, and each round of checks runs a query. */
  readonly reuseMs?: number;
  /** Called when a check starts to fail, with the cause, and when it passes again. */
  readonly onChange?: (check: string, holds: boolean, error?: unknown) => void;
}

/** Requests that arrive together, or soon after one another, share one round of checks. */
export function openHealth(
  checks: readonly Check[],
  { timeoutMs = 1_000, reuseMs = 500, onChange = () => {} }: HealthOptions = {},
): Health {
  let stopping = false;
  let round: Promise<void> | null = null;
  const lastResults = new Map<string, boolean>();

  async function runChecks(): Promise<void> {
    const results = await Promise.all(checks.map((check) => holdsInTime(check, timeoutMs)));
    checks.forEach(({ name }, index) => {
      const { holds, error } = results[index] ?? { holds: false, error: undefined };
      const before = lastResults.get(name) ?? true;
      lastResults.set(name, holds);
      if (before !== holds) onChange(name, holds, error);
    });
    setTimeout(() => {
      round = null;
    }, reuseMs).unref();
  }

  const failingChecks = (degrading: boolean) =>
    checks
      .filter(({ name, degrades = false }) => degrades === degrading && lastResults.get(name) === false)
      .map(({ name }) => name);

  return {
    async readiness() {
      if (stopping) return { ready: false, failing: ['stopping'] };
      round ??= runChecks();
      await round;
      const failing = failingChecks(false);
      const degraded = failingChecks(true);
      return { ready: failing.length === 0, failing, ...(degraded.length > 0 ? { degraded } : {}) };
    },
    lastResults: () => ({
      ready: !stopping && lastResults.size > 0 && failingChecks(false).length === 0,
      checks: lastResults,
    }),
    stopping() {
      stopping = true;
    },
    isStopping: () => stopping,
  };
}

interface CheckResult {
  readonly holds: boolean;
  readonly error?: unknown;
}

async function holdsInTime(check: Check, timeoutMs: number): Promise<CheckResult> {
  const tooLate = Promise.withResolvers<CheckResult>();
  const timer = setTimeout(() => tooLate.resolve({ holds: false }), timeoutMs);
  const run = async (): Promise<CheckResult> => ({ holds: await check.holds() });
  try {
    return await Promise.race([run(), tooLate.promise]);
  } catch (error) {
    return { holds: false, error };
  } finally {
    clearTimeout(timer);
  }
}
