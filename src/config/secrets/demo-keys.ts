import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Random } from '#src/crypto/random.ts';

const demoKeysSchema = z.object({
  MASTER_KEYS: z.string(),
  PASSWORD_PEPPERS: z.string(),
});

/** What stands in for the secrets of the environment when the demo runs without any. */
export type DemoKeys = z.infer<typeof demoKeysSchema>;

/** The demo's keys, or null when this folder never held a demo. Throws when the file is damaged. */
export function readDemoKeys(dataDir: string): DemoKeys | null {
  const path = join(dataDir, 'demo-keys.json');
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const parsed = demoKeysSchema.safeParse(parsedOrNull(content));
  if (!parsed.success)
    throw new Error(`${path} is damaged: restore it, or delete ${dataDir} to start the demo afresh`);
  return parsed.data;
}

/** Null for invalid JSON; the message of the parser would contain a part of the keys. */
function parsedOrNull(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

/** Reads the keys of the demo, or generates them once (mode 0600), so that a restart can open sealed values. */
export function ensureDemoKeys(dataDir: string, random: Random): DemoKeys {
  const existing = readDemoKeys(dataDir);
  if (existing) return existing;
  const fresh = {
    MASTER_KEYS: `1:${random.bytes(32).toString('base64')}`,
    PASSWORD_PEPPERS: `1:${random.bytes(32).toString('base64')}`,
  };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    writeOnce(join(dataDir, 'demo-keys.json'), `${JSON.stringify(fresh, null, 2)}\n`);
    return fresh;
  } catch (error) {
    const other = readDemoKeys(dataDir);
    if (other) return other;
    throw error;
  }
}

/** Writes a file atomically, also if the process is killed meanwhile. Throws when the file exists already. */
function writeOnce(path: string, content: string): void {
  const unfinished = `${path}.${process.pid}`;
  const descriptor = openSync(unfinished, 'w', 0o600);
  writeSync(descriptor, content);
  fsyncSync(descriptor);
  closeSync(descriptor);
  try {
    linkSync(unfinished, path);
  } finally {
    rmSync(unfinished);
  }
}
