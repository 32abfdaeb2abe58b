import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { DoorMemory } from '#src/workshop/door/pin.ts';

const memory = z.object({
  pin: z.string().regex(/^\d{6}$/),
  since: z.iso.datetime(),
  entered: z.array(z.string().max(64)).max(50),
});

/** What the door wrote in `path`; null for none, or for a file that was damaged: there will be a new PIN. */
export function readDoor(path: string): DoorMemory | null {
  try {
    return memory.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Only its owner may read it, as the keys of the classes beside it. */
export function writeDoor(path: string, door: DoorMemory): void {
  writeFileSync(`${path}.new`, JSON.stringify(door), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}
