import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Pool } from 'undici';
import { linesOf } from '#src/files/lines.ts';
import { paths } from '#src/paths.ts';
import { registerLine } from '#src/register/insured.ts';
import { openBrowser } from '../client/browser.ts';
import { identityOf } from '../client/journey.ts';
import { openLoop } from '../client/loops.ts';
import { openTally } from '../client/tally.ts';
import { openWalk, type Walk } from '../client/walk.ts';
import type { Traveller } from '../setting/people.ts';
import { withClient } from '../setting/postgres.ts';
import { type CopyRates, copyRates, makeOtherRegister, swapRegisters } from '../setting/register-at-size.ts';
import { publicHost, type Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';

/** One run of `compte register import`, from its start to its end. */
export interface ImportRun {
  readonly name: string;
  readonly perSecond: number;
  /** CPU time of the command for a row, without that of PostgreSQL. */
  readonly cpuMicros: number;
  readonly peakMb: number;
}

/** Milliseconds of the identity step while the register has so many people. */
export interface IdentityAtSize {
  readonly people: number;
  readonly ms: readonly number[];
}

export interface ImportMeasured {
  readonly rows: number;
  readonly runs: readonly ImportRun[];
  readonly copy: CopyRates;
  readonly identity: readonly IdentityAtSize[];
}

interface Options {
  readonly rows: number;
  /** People of the stage, then people of the register that is compared with it. */
  readonly sizes: readonly [few: number, many: number];
  readonly seconds: number;
  readonly say: (text: string) => void;
}

/** Measures loading a register beside PostgreSQL’s COPY, then a page that asks it while it has few and many people. */
export async function measureImport(stage: Stage, options: Options): Promise<ImportMeasured> {
  const { rows, say } = options;
  const file = (name: string) => join(stage.folder, `${name}.ndjson`);
  say(`${rows} fictitious people …`);
  stage.command('register', 'generate', '--count', String(rows), '--seed', '7', '--out', file('loaded'));
  await pipeline(Readable.from(withOneInAHundredChanged(file('loaded'))), createWriteStream(file('changed')));
  const empty = await stage.another('imported');
  const superuser = new URL(empty.url);
  superuser.username = 'postgres';
  const runs: ImportRun[] = [];
  for (const { name, from } of [
    { name: 'into an empty register', from: 'loaded' },
    { name: 'again, nothing changed', from: 'loaded' },
    { name: 'again, one person in a hundred changed', from: 'changed' },
  ]) {
    say(`import ${name} …`);
    await withClient(superuser.href, (client) => client.query('checkpoint'));
    const { seconds, cpuMs, peakMb } = await empty.timed(['register', 'import', file(from)], null);
    runs.push({ name, perSecond: rows / seconds, cpuMicros: (cpuMs * 1000) / rows, peakMb });
  }
  say('COPY …');
  const copy = await copyRates(superuser.href);
  return { rows, runs, copy, identity: await measureIdentity(stage, options) };
}

async function* withOneInAHundredChanged(file: string): AsyncGenerator<string> {
  for await (const read of linesOf(createReadStream(file), 65_536)) {
    if ('problem' in read) throw new Error(`Line ${read.number} of ${file} cannot be read`);
    if (read.number % 100 !== 0) yield `${read.text}\n`;
    else {
      const line = registerLine.parse(JSON.parse(read.text));
      yield `${JSON.stringify({ ...line, knownEmail: `autre${read.number}@bench.exemple.fr` })}\n`;
    }
  }
}

/** Requests a second: modest, so that none waits for another. */
const perSecond = 25;
const rounds = 2;
const mostAsked = 1_000;

/** The same people, in one process, in turns of few and many others beside them. */
async function measureIdentity(
  stage: Stage,
  { sizes: [few, many], seconds, say }: Options,
): Promise<readonly IdentityAtSize[]> {
  say(`a register of ${many} people …`);
  await makeOtherRegister(stage.postgres.url('owner'), many);
  await withClient(stage.postgres.url('postgres'), (client) => client.query('checkpoint'));
  const web = await stage.web();
  const asked = Array.from({ length: Math.min(mostAsked, Math.floor(few / 10)) }, () => stage.crowd.next());
  const measured = [few, many].map((people) => ({ people, ms: [] as number[] }));
  try {
    say('warm-up …');
    await askWho(web, asked, seconds);
    for (let round = 0; round < rounds; round += 1)
      for (const { people, ms } of measured) {
        say(`the identity step, ${people} people …`);
        await askWho(web, asked, 2);
        ms.push(...(await askWho(web, asked, seconds)));
        await swapRegisters(stage.postgres.url('owner'));
      }
    return measured;
  } finally {
    await web.process.stop();
  }
}

/** Visitors who say who they are, each from elsewhere; answers the milliseconds of that form. */
async function askWho(
  web: Started,
  people: readonly Traveller[],
  seconds: number,
): Promise<readonly number[]> {
  const pool = new Pool(web.origin, { connections: 4 });
  const tally = openTally();
  let turn = 0;
  try {
    await openLoop(perSecond, seconds, async () => {
      const traveller = people[turn++ % people.length];
      if (!traveller) throw new Error('Nobody to ask for');
      const browser = openBrowser(pool, { host: publicHost, ip: newAddress });
      await sayWho(openWalk(browser, tally.around), traveller);
    });
  } finally {
    await pool.close();
  }
  return tally.steps().find(({ step }) => step.name === `POST ${paths.identity}`)?.ms ?? [];
}

async function sayWho(walk: Walk, traveller: Traveller): Promise<void> {
  await walk.see(paths.home);
  await walk.see(paths.identity);
  await walk.send(paths.identity, identityOf(traveller), paths.proof);
}

let addresses = 0;

/** Every request comes from elsewhere: the limits of an address are another subject. */
function newAddress(): string {
  addresses += 1;
  return `10.${100 + ((addresses >> 16) & 63)}.${(addresses >> 8) & 255}.${addresses & 255}`;
}
