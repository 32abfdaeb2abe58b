import { z } from 'zod';
import { type Fault, faults } from '#src/exercise/class-event.ts';
import { type Step, steps } from '#src/exercise/steps.ts';
import type { Policy } from '#src/policy/schema.ts';

const text = z.string().min(1).max(300);
const bilingual = z.strictObject({ fr: text, en: text });
const lists = z.strictObject({ fr: z.array(text).max(12), en: z.array(text).max(12) });

/** How well the learners know computers, in the words of the Coop de la médiation numérique. */
export const levels = ['debutant', 'intermediaire', 'avance'] as const;

/** An exercise, as a file that a trainer can copy and change. */
export const scenario = z.strictObject({
  title: bilingual,
  aim: bilingual,
  /** What learners should know before. */
  prerequisites: bilingual,
  level: z.enum(levels),
  minutes: z.int().min(15).max(120),
  /** Which invented people play it. */
  people: z.enum(['carte-photo', 'carte-sans-photo', 'sans-carte', 'sans-iban']),
  /** What they have already: no account, or one that is open, with a password that they know or have forgotten. */
  begins: z.enum(['without-account', 'with-account', 'password-forgotten']),
  /** In order; the last is the aim. */
  steps: z.array(z.enum(steps)).min(2),
  /** What goes wrong by itself, and when. */
  faults: z.array(z.strictObject({ at: z.enum(steps), fault: z.enum(faults) })).max(8),
  /** For the trainer: what to say, and where people stumble. */
  words: lists,
  traps: lists,
});
/** Whether an exercise can be walked under a policy: FranceConnect has to be offered where it is a step. */
export function fitsPolicy(
  { steps: walked }: Pick<z.infer<typeof scenario>, 'steps'>,
  { franceConnect }: Pick<Policy, 'franceConnect'>,
): boolean {
  return franceConnect.position !== 'none' || !walked.includes('franceconnect');
}

/** Whether something can go wrong in an exercise: FranceConnect fails nobody where it is no step. */
export function canGoWrong(
  { steps: walked }: Pick<z.infer<typeof scenario>, 'steps'>,
  fault: Fault,
): boolean {
  return fault !== 'franceconnect-down' || walked.includes('franceconnect');
}

export type Scenario = z.infer<typeof scenario> & { readonly key: string };

/** Why a file is no scenario: the field, as `steps.3`, or null for the whole file. */
export interface ScenarioProblem {
  readonly field: string | null;
  /** What is wrong there; `values`: what may stand there instead. */
  readonly kind:
    | 'not-json'
    | 'missing'
    | 'unknown-field'
    | 'not-one-of'
    | 'size'
    | 'type'
    | 'order'
    | 'no-franceconnect';
  readonly values: readonly string[];
}

export type ScenarioReading =
  | { readonly kind: 'read'; readonly scenario: Scenario }
  | { readonly kind: 'refused'; readonly problems: readonly ScenarioProblem[] };

/** A scenario in the text of its file. */
export function readScenario(text: string, key: string): ScenarioReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'refused', problems: [{ field: null, kind: 'not-json', values: [] }] };
  }
  const parsed = scenario.safeParse(json, { reportInput: true });
  if (!parsed.success) return { kind: 'refused', problems: parsed.error.issues.flatMap(problemsOf) };
  const problems = whatCannotBe(parsed.data);
  return problems.length > 0
    ? { kind: 'refused', problems }
    : { kind: 'read', scenario: { ...parsed.data, key } };
}

function problemsOf(issue: z.core.$ZodIssue): readonly ScenarioProblem[] {
  const field = issue.path.join('.') || null;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((name) => ({
        field: [...issue.path, name].join('.'),
        kind: 'unknown-field',
        values: [],
      }));
    case 'invalid_value':
      return [
        {
          field,
          kind: issue.input === undefined ? 'missing' : 'not-one-of',
          values: issue.values.map(String),
        },
      ];
    case 'invalid_type':
      return [{ field, kind: issue.input === undefined ? 'missing' : 'type', values: [issue.expected] }];
    case 'too_small':
      return [{ field, kind: 'size', values: [`≥ ${issue.minimum}`] }];
    case 'too_big':
      return [{ field, kind: 'size', values: [`≤ ${issue.maximum}`] }];
    default:
      return [{ field, kind: 'type', values: [] }];
  }
}

const ofAnAccount: readonly Step[] = ['sign-in', 'account', 'payments', 'attestation', 'messages'];

/** What no single field shows: steps that nobody can walk in this order, faults where nobody comes. */
function whatCannotBe({
  begins,
  steps: walked,
  faults: thrown,
}: z.infer<typeof scenario>): readonly ScenarioProblem[] {
  const begin: Step = begins === 'without-account' ? 'start' : 'sign-in';
  const allowed = begins === 'without-account' ? steps : ofAnAccount;
  const inOrder = steps.filter((step) => allowed.includes(step) && walked.includes(step));
  const isWalkable = inOrder.join() === walked.join() && walked[0] === begin;
  return [
    ...(isWalkable
      ? []
      : [
          {
            field: 'steps',
            kind: 'order',
            values: [begin, ...inOrder.filter((step) => step !== begin)],
          } as const,
        ]),
    ...thrown.flatMap(({ at, fault }, index): readonly ScenarioProblem[] => {
      const field = `faults.${index}`;
      if (!canGoWrong({ steps: walked }, fault))
        return [{ field: `${field}.fault`, kind: 'no-franceconnect', values: [] }];
      return walked.includes(at) ? [] : [{ field: `${field}.at`, kind: 'not-one-of', values: walked }];
    }),
  ];
}
