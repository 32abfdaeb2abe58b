/** One thing without which the service cannot serve. */
export interface Check {
  readonly name: string;
  /** Answers false, or rejects, when it is not so. */
  holds(): boolean | Promise<boolean>;
}

interface Readiness {
  readonly ready: boolean;
  /** Names of the checks that do not hold; `stopping` during a shutdown. */
  readonly failing: readonly string[];
}

export interface Health {
  readiness(): Promise<Readiness>;
  /** From now on not ready: said first, so that no new visitor is sent here. */
  stopping(): void;
  isStopping(): boolean;
}

/** How long an answer serves whoever asks: anybody may, and each answer costs a query. */
const keptMs = 500;

/** A check that has not answered after `patienceMs` does not hold. */
export function openHealth(checks: readonly Check[], patienceMs = 1_000): Health {
  let stopping = false;
  let judged: Promise<Readiness> | null = null;

  async function judge(): Promise<Readiness> {
    const results = await Promise.all(checks.map((check) => holdsInTime(check, patienceMs)));
    const failing = checks.filter((_, index) => !results[index]).map(({ name }) => name);
    setTimeout(() => {
      judged = null;
    }, keptMs).unref();
    return { ready: failing.length === 0, failing };
  }

  return {
    async readiness() {
      if (stopping) return { ready: false, failing: ['stopping'] };
      judged ??= judge();
      return judged;
    },
    stopping() {
      stopping = true;
    },
    isStopping: () => stopping,
  };
}

async function holdsInTime(check: Check, patienceMs: number): Promise<boolean> {
  const tooLate = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => tooLate.resolve(false), patienceMs);
  try {
    return await Promise.race([check.holds(), tooLate.promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
