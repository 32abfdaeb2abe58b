import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { InvalidPolicy } from '#src/policy/invalid-policy.ts';
import { type Policy, policySchema } from '#src/policy/schema.ts';

/** Zod would compile a faster parser first, which takes longer than to parse once. */
const once = { jitless: true };

const presets = new URL('../../policies/', import.meta.url);

/** Reads a preset by name (`ameli-2025`) or a policy file by path; throws `InvalidPolicy` with a readable list of what is wrong. */
export function loadPolicy(nameOrPath: string): Policy {
  const file = /[/.]/.test(nameOrPath) ? nameOrPath : new URL(`${nameOrPath}.json`, presets);
  const parsed = policySchema.safeParse(readJson(nameOrPath, file), once);
  if (!parsed.success)
    throw new InvalidPolicy(`Policy ${nameOrPath} is not valid:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function readJson(name: string, file: string | URL): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new InvalidPolicy(
      code === 'ENOENT'
        ? `Policy ${name}: there is no such file`
        : `Policy ${name}: the file cannot be read (${code})`,
    );
  }
  try {
    // A byte order mark, which some editors write, is no part of it.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const where = error instanceof Error ? (/\(line \d+ column \d+\)/.exec(error.message)?.[0] ?? '') : '';
    throw new InvalidPolicy(`Policy ${name} is not JSON ${where}`.trimEnd());
  }
}
