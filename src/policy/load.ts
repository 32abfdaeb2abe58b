import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Policy, policySchema } from '#src/policy/schema.ts';

const presets = new URL('../../policies/', import.meta.url);

/** Reads a preset by name (`ameli-2025`) or a policy file by path; throws a readable list of what is wrong. */
export function loadPolicy(nameOrPath: string): Policy {
  const file = /[/.]/.test(nameOrPath) ? nameOrPath : new URL(`${nameOrPath}.json`, presets);
  const parsed = policySchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success)
    throw new Error(`Policy ${nameOrPath} is not valid:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
