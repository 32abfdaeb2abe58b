import { misspelt } from '#src/config/safety/misspelt.ts';
import { type EnvironmentValues, environmentSchema } from '#src/config/schema.ts';
import { readSecretFiles } from '#src/config/secrets/secret-files.ts';

/** Zod would compile a faster parser first, which takes longer than to parse once. */
const once = { jitless: true };

export interface EnvironmentReading {
  readonly values: EnvironmentValues;
  /** One line per invalid variable, never with its value. */
  readonly problems: readonly string[];
  /** Names of these variables: they have their default in `values`, so nothing may be concluded from them. */
  readonly faulty: ReadonlySet<string>;
  /** Variables that ask for a simulator (`DEMO`, `DEMO_…`). */
  readonly simulators: readonly string[];
}

/** First stage: each variable by itself, or the file that holds it. An empty variable counts as not set. */
export function readEnvironment(given: Readonly<Record<string, string | undefined>>): EnvironmentReading {
  const { env, problems: ofFiles, faulty } = readSecretFiles(given);
  const present: Record<string, string> = {};
  const undecoded: string[] = [];
  for (const name of Object.keys(environmentSchema.shape)) {
    const value = env[name];
    if (value?.includes('\uFFFD')) undecoded.push(name);
    else if (value !== undefined && value.trim() !== '') present[name] = value;
  }
  const marked = Object.keys(env).flatMap((name) => (name.startsWith('\uFEFF') ? [name.slice(1)] : []));
  const others = [
    ...marked.map((name) => `${name}: is behind a byte order mark: save the file in UTF-8, without one`),
    ...undecoded.map((name) => `${name}: holds characters that are not UTF-8: save the file in UTF-8`),
    ...misspelt(env),
    ...ofFiles,
  ];
  const unread = [...faulty, ...marked, ...undecoded];
  const simulators = Object.keys(env).filter((name) => /^DEMO(_|$)/.test(name) && env[name]?.trim());
  const parsed = environmentSchema.safeParse(present, once);
  if (parsed.success) return { values: parsed.data, problems: others, faulty: new Set(unread), simulators };

  const problems = new Map<string, string>();
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0]);
    if (!problems.has(name)) problems.set(name, `${name}: ${issue.message}`);
    delete present[name];
  }
  return {
    values: environmentSchema.parse(present, once),
    problems: [...others, ...problems.values()],
    faulty: new Set([...unread, ...problems.keys()]),
    simulators,
  };
}
