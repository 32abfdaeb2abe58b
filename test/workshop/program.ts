import { setTimeout as wait } from 'node:timers/promises';
import { type Place, type Running, run } from '../reliability/service.ts';
import type { Closing } from '../setting/database.ts';

/** The program as a trainer starts it, on this machine alone, once it has said its code. */
export async function startWorkshop(t: Closing, place: Place): Promise<Running & { readonly pin: string }> {
  const running = run(t, ['atelier'], { ...place.env, HOST: '127.0.0.1', LANG: 'fr_FR.UTF-8' });
  while (running.child.exitCode === null) {
    const pin = /Code du formateur +(\d{3}) (\d{3})/.exec(running.out());
    if (pin) return { ...running, pin: `${pin[1]}${pin[2]}` };
    await wait(50);
  }
  throw new Error(running.err());
}
