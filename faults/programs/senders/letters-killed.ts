import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Seeded } from '#src/fictitious/seeded.ts';
import { countRows } from '../../setting/invariants.ts';
import type { Queueing } from '../../setting/queued-mails.ts';
import type { Scene } from '../../setting/scene.ts';
import type { Trial } from '../../trial.ts';

const letters = 60;
const lettersAtOnce = 20;
const manifest = z.object({ letters: z.array(z.object({ id: z.uuid(), canary: z.boolean() })) });

/**
 * Batches are written, and the printer’s answers read, by commands that are killed at any moment and run again. The printer
 * takes each folder once, as soon as it is there, whole.
 */
export async function killLetters(
  trial: Trial,
  scene: Scene,
  { below, queueing }: Pick<Seeded, 'below'> & { readonly queueing: Queueing },
): Promise<void> {
  const folder = join(trial.folder, 'letters');
  mkdirSync(folder);
  await queueing.letters(
    Array.from({ length: letters }, (_, n) => `MME LETTRE ${n}\n${n + 1} RUE DU BANC\n80000 AMIENS`),
  );
  const printed: string[] = [];
  const taken = new Set<string>();
  const print = (): string | null => {
    const name = readdirSync(folder).find((one) => one.startsWith('batch-') && !taken.has(one));
    const file = name && join(folder, name, 'manifest.json');
    if (!name || !file || !existsSync(file)) return null;
    taken.add(name);
    const ids = manifest
      .parse(JSON.parse(readFileSync(file, 'utf8')))
      .letters.flatMap(({ id, canary }) => (canary ? [] : [id]));
    printed.push(...ids);
    const answer = join(trial.folder, `${name}.csv`);
    const day = new Date().toISOString().slice(0, 10);
    writeFileSync(answer, ids.map((id) => `${id};posted;${day}\n`).join(''));
    return answer;
  };
  let usualMs = 0;
  let kills = 0;
  const run = async (...args: readonly string[]): Promise<void> => {
    // The first one shows how long it takes; then each is killed twice before it may end.
    for (let deaths = usualMs === 0 ? 2 : trial.paced(1, 0); deaths < 2; deaths += 1) {
      const child = scene.spawn(args);
      const ended = once(child, 'close');
      await Promise.race([ended, wait(below(usualMs))]);
      if (child.exitCode !== null) break;
      child.kill('SIGKILL');
      await ended;
      kills += 1;
    }
    const startedAt = performance.now();
    scene.command(...args);
    usualMs = performance.now() - startedAt;
  };
  while ((await countRows(scene.postgres, "notice where channel = 'letter' and state = 'queued'")) > 0) {
    if (trial.over.aborted) return;
    await run('letters', 'export', folder, '--at-most', String(lettersAtOnce));
    for (let answer = print(); answer !== null; answer = print()) await run('letters', 'acknowledge', answer);
  }
  const twice = printed.length - new Set(printed).size;
  trial.measured(
    `letters printed twice, after ${kills} kills of what writes and reads them`,
    twice,
    twice === 0,
  );
  trial.measured(
    'letters printed',
    `${new Set(printed).size} of ${letters}`,
    new Set(printed).size === letters,
  );
  const posted = await countRows(scene.postgres, "letter where state = 'posted'");
  const events = await countRows(scene.postgres, "audit_event where kind = 'letter-posted'");
  trial.measured(
    'of them posted as the printer said, and audit events of it',
    `${posted}, ${events}`,
    posted === letters && events === letters,
  );
}
