import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { faultsOf } from '#src/database/plan/rules.ts';
import { wholeJourney } from '../../bench/client/journey.ts';
import { failuresText, openTraffic } from '../client/traffic.ts';
import { openVisitors } from '../client/visitors.ts';
import { brokenRules } from '../setting/invariants.ts';
import { refusedForLoad } from '../setting/node.ts';
import { startProxy } from '../setting/proxies.ts';
import { oneClientForAll, openScene } from '../setting/scene.ts';
import type { Fault, Trial } from '../trial.ts';

/** What a next version could bring: an index on a large table, columns, a constraint, a table. */
const next: Readonly<Record<string, string>> = {
  '9001_index.sql': `-- outside a transaction
create index concurrently if not exists insured_updated on insured (updated_at);
`,
  '9002_columns.sql': `
alter table insured add column tried text;
alter table account add column tried text, add column tried_at timestamptz not null default now();
alter table notice add constraint notice_tried check (length(kind) < 200) not valid;
create table tried (person_key bytea primary key references account on delete cascade, at timestamptz not null);
`,
  '9003_validated.sql': 'alter table notice validate constraint notice_tried;\n',
};
const mostWaitMs = 200;
const people = 20_000;

export const migrationUnderLoad: Fault = {
  id: 'R-17',
  atMostSeconds: 300,
  async run(trial) {
    // The server logs who waits longer than this for a lock.
    const settings = ['log_lock_waits=on', `deadlock_timeout=${mostWaitMs}ms`];
    const scene = await openScene(trial, { people, settings, limits: oneClientForAll });
    const newProgram = nextVersion(trial);
    const faults = Object.entries(next).flatMap(([name, text]) => faultsOf({ name, text }, '99.0.0'));
    trial.measured('rules that the migrations break', faults.join('; ') || 0, faults.length === 0);

    const old = [await scene.web(), await scene.web()] as const;
    await scene.worker();
    const visitors = openVisitors(trial, [await startProxy(trial, 'HAProxy', old)]);
    const traffic = openTraffic({
      visitors,
      next: () => scene.crowd.next(),
      perSecond: 2,
      journey: (walk, traveller) => wholeJourney(walk, traveller, scene.mails),
    });
    await wait(5_000);
    const plan = await scene.begin(['migrate', '--plan'], newProgram);
    for (const line of plan.out.trim().split('\n')) trial.say(line);
    const planned = Object.keys(next).filter((name) => plan.out.includes(`${name}: `)).length;
    trial.measured('migrations that are planned', planned, planned === Object.keys(next).length);
    trial.say('the register is imported again, and the database is migrated meanwhile');
    const importing = scene.begin(['register', 'import', nextRegister(trial)]);
    const migrating = scene.begin(['migrate'], newProgram);
    const [imported, migrated] = [await importing, await migrating];
    trial.measured(
      'migrations that ran beside an import, with the old version serving',
      migrated.out.split('\n').filter((line) => line.startsWith('ran ')).length,
      migrated.status === 0 && imported.status === 0,
    );
    await wait(5_000);
    trial.say('the old version is replaced by the new one, a process at a time');
    for (const node of old) {
      await node.stop();
      await node.start(newProgram);
      await wait(5_000);
    }
    trial.say('one process goes back to the old version');
    await old[0].stop();
    const backMs = await old[0].start();
    await wait(5_000);
    const tallied = await traffic.stop();
    trial.measured('seconds until the old version serves again', (backMs / 1000).toFixed(1), true);
    const refused = refusedForLoad(old);
    trial.measured(
      'requests without their answer',
      `${failuresText(tallied)} of ${tallied.requests}`,
      tallied.failures <= refused,
    );
    if (refused > 0)
      trial.measured('of them, asked to come back because this machine was busy otherwise', refused, true);
    const waits = lockWaits(`${scene.postgres.data}.log`);
    trial.measured(`waits for a table longer than ${mostWaitMs} ms`, waits.length, waits.length === 0);
    const broken = await brokenRules(scene.postgres);
    trial.measured('rules of the database that are broken', broken.join('; ') || 0, broken.length === 0);
  },
};

/** The program of a next version: this one, with more migrations. */
function nextVersion({ folder }: Trial): string {
  const [here, there] = [join(import.meta.dirname, '../..'), join(folder, 'next')];
  mkdirSync(there);
  for (const part of ['src', 'policies', 'package.json'])
    cpSync(join(here, part), join(there, part), { recursive: true });
  symlinkSync(join(here, 'node_modules'), join(there, 'node_modules'));
  for (const [name, text] of Object.entries(next))
    writeFileSync(join(there, 'src/database/migrations', name), text);
  return join(there, 'src/cli/main.js');
}

/** Another register of the same people, every row of which is written: they have moved. */
function nextRegister({ folder }: Trial): string {
  const lines = readFileSync(join(folder, 'register.ndjson'), 'utf8').replace(/"city":"/g, '"city":"X ');
  const file = join(folder, 'next-register.ndjson');
  writeFileSync(file, lines);
  return file;
}

/** Those who waited for a table, as the log of the server has them; nobody is held up by waits for transactions. */
function lockWaits(log: string): readonly string[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /still waiting for \w+ on relation/.test(line));
}
