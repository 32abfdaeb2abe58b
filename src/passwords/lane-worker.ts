import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { type HashCost, loadArgon2 } from '#src/passwords/argon2.ts';

export interface HashTask extends HashCost {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
}

/** Linux gives each thread its own priority: pages must never wait for a password. */
function yieldToPages(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isInteger(thread)) setPriority(thread, 15);
  } catch {
    // Elsewhere the threads share one priority, and the lane is only slower to yield.
  }
}

const port = parentPort;
if (port) {
  yieldToPages();
  const argon2 = await loadArgon2();
  port.on('message', (task: HashTask) => {
    const hash = argon2(task.password, task.salt, task);
    task.password.fill(0);
    port.postMessage(hash);
  });
}
