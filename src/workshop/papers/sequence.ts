import type { Scenario } from '#src/exercise/scenario.ts';
import type { Step } from '#src/exercise/steps.ts';

/** A part of a session: what is done together, and for how long. */
export interface Part {
  readonly kind: 'welcome' | 'steps' | 'faults' | 'close';
  readonly steps: readonly Step[];
  readonly minutes: number;
}

/** Steps that learners do in one go. */
const together: readonly (readonly Step[])[] = [
  ['start', 'identity'],
  ['code-asked', 'code-typed'],
  ['terms', 'password'],
  ['mail', 'confirmed'],
  ['sign-in', 'account'],
];

/** How long each takes, in proportion to the others. */
const weights: Readonly<Record<Step, number>> = {
  start: 2,
  identity: 8,
  franceconnect: 6,
  proof: 8,
  'code-asked': 4,
  'code-typed': 6,
  terms: 3,
  password: 6,
  contact: 6,
  mail: 6,
  confirmed: 2,
  'sign-in': 5,
  account: 5,
  payments: 12,
  attestation: 10,
  messages: 10,
};
const weightOfFault = 6;
/** Of the whole session. */
const around = { welcome: 0.12, close: 0.12 };

/** The parts of a session, each of a minute at least; their minutes are those of the scenario, exactly. */
export function sequenceOf({
  steps,
  faults,
  minutes,
}: Pick<Scenario, 'steps' | 'faults' | 'minutes'>): readonly Part[] {
  const groups = grouped(steps);
  const work = groups.map((group) => group.reduce((sum, step) => sum + weights[step], 0));
  const withFaults = faults.length > 0 ? [...work, faults.length * weightOfFault] : work;
  const all = withFaults.reduce((sum, one) => sum + one, 0) / (1 - around.welcome - around.close);
  const shares = [all * around.welcome, ...withFaults, all * around.close];
  const lengths = wholeMinutes(shares, minutes);
  const kinds = [
    { kind: 'welcome', steps: [] } as const,
    ...groups.map((group) => ({ kind: 'steps', steps: group }) as const),
    ...(faults.length > 0 ? [{ kind: 'faults', steps: [] } as const] : []),
    { kind: 'close', steps: [] } as const,
  ];
  return kinds.map((part, index) => ({ ...part, minutes: lengths[index] ?? 1 }));
}

function grouped(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    const isTogether = together.some(
      (one) => one.includes(step) && before !== undefined && one.includes(before),
    );
    if (last && isTogether) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** Shares as whole minutes with the sum that is wanted: one each, and the rest by the largest remainders. */
function wholeMinutes(shares: readonly number[], sum: number): readonly number[] {
  const whole = shares.reduce((total, share) => total + share, 0);
  const rest = sum - shares.length;
  const exact = shares.map((share) => (rest * share) / whole);
  const floors = exact.map(Math.floor);
  const left = rest - floors.reduce((total, one) => total + one, 0);
  const favoured = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .toSorted((a, b) => b.remainder - a.remainder)
    .slice(0, left)
    .map(({ index }) => index);
  return floors.map((one, index) => 1 + one + (favoured.includes(index) ? 1 : 0));
}
