import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The blocks of commands, or of settings, under a heading of docs/operations.md, as an operator finds them. */
export function writtenSteps(heading: string): readonly string[] {
  const document = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
  const [, section = ''] = document.split(`\n### ${heading}\n`);
  const [own = ''] = section.split(/\n##+ /);
  return [...own.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
}

/** Places and names that are those of an example: each must be there, so that nothing is done where it was not meant. */
export function put(block: string, places: Readonly<Record<string, string>>): string {
  let changed = block;
  for (const [written, here] of Object.entries(places)) changed = changed.replaceAll(written, here);
  return changed;
}

/**
 * Runs a block in a shell that stops at the first command which fails; answers what was printed. Not at once: servers of
 * this process answer meanwhile.
 */
export async function runSteps(block: string, env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn('sh', ['-eu'], { env, cwd: '/', stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  child.stdin.end(block);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  if (child.exitCode !== 0) throw new Error(`a step ended with ${child.exitCode}:\n${out}${err}`);
  return out;
}
