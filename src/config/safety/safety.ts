import { isThisMachine } from '#src/config/addresses.ts';
import type { EnvironmentReading } from '#src/config/environment.ts';
import { explanations } from '#src/config/explained.ts';
import { environmentSchema } from '#src/config/schema.ts';

const weakestHash = { memoryKiB: 19_456, passes: 2 };

/**
 * What keeps a production installation from starting, one line each: what is missing, what is a
 * simulator, what is weaker than OWASP ASVS 5.0 (argon2id m=19 MiB, t=2) or travels in clear.
 */
export function productionProblems({ values, faulty, simulators }: EnvironmentReading): string[] {
  const problems: string[] = [];
  for (const [name, schema] of Object.entries(environmentSchema.shape)) {
    const missing = Object.entries(values).every(([set, value]) => set !== name || value === undefined);
    if (missing && !faulty.has(name) && explanations.get(schema)?.required) {
      problems.push(`${name}: is missing, production needs it`);
    }
  }
  for (const name of simulators) problems.push(`${name}: asks for a simulator, which production never runs`);
  if (values.PUBLIC_URL) problems.push(...publicUrlProblems(new URL(values.PUBLIC_URL)));
  if (values.SMTP_URL && /^(demo|tray):/i.test(values.SMTP_URL)) {
    problems.push('SMTP_URL: is the tray of the demo, which sends nothing');
  }
  if (values.HASH_MEMORY_KIB < weakestHash.memoryKiB) {
    problems.push(`HASH_MEMORY_KIB: must be at least ${weakestHash.memoryKiB}`);
  }
  if (values.HASH_PASSES < weakestHash.passes)
    problems.push(`HASH_PASSES: must be at least ${weakestHash.passes}`);
  if (values.MAIL_FROM && /\.(invalid|test|example|localhost)$/i.test(values.MAIL_FROM)) {
    problems.push('MAIL_FROM: is an address that cannot exist');
  }
  return problems;
}

function publicUrlProblems(url: URL): string[] {
  const problems: string[] = [];
  if (url.protocol !== 'https:') problems.push('PUBLIC_URL: must start with https://');
  if (isThisMachine(url.hostname)) problems.push('PUBLIC_URL: is an address of this machine only');
  return problems;
}
