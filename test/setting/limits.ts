import type { AttemptRule } from '#src/limits/attempt.ts';
import type { LimitRules } from '#src/limits/rules.ts';

/** The same counters without any limit: for tests that try thousands of values from one address. */
export function unlimited(limits: LimitRules): LimitRules {
  const { client, ...others } = limits;
  return { ...limits, ...withoutWindows(others), client: { ...client, ...withoutWindows(client) } };
}

function withoutWindows(rules: Readonly<Record<string, AttemptRule>>): Record<string, AttemptRule> {
  return Object.fromEntries(Object.entries(rules).map(([name, { kind }]) => [name, { kind, windows: [] }]));
}
