import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { Pool } from 'undici';
import { z } from 'zod';
import { paths } from '#src/paths.ts';
import { openBrowser } from '../client/browser.ts';
import { beforePassword, openAccount, signIn } from '../client/journey.ts';
import { openLoop } from '../client/loops.ts';
import { openWalk, type Walk } from '../client/walk.ts';
import { explained, type Plan } from '../setting/explain.ts';
import { fill, forgetFiles, putInPlace, type Stored } from '../setting/payments-at-size.ts';
import { publicHost, type Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';
import { cpuTime } from '../setting/usage.ts';

/** Requests for one thing, by people in turn. */
export interface Asked {
  readonly name: string;
  readonly ms: readonly number[];
  /** CPU time of the web process for one. */
  readonly cpuMs: number;
  readonly statements: number;
  readonly bytes: number;
}

/** What reading and depositing cost while so much is stored. */
export interface AtSize extends Stored {
  readonly asked: readonly Asked[];
  /** The list of each person for the first time after all files were forgotten. */
  readonly coldMs: readonly number[];
  /** What the database took for the statement of a list, on average. */
  readonly databaseMs: number;
  readonly plan: Plan;
  readonly deposit: { readonly perSecond: number; readonly cpuMs: number };
}

export interface PaymentsMeasured {
  readonly people: number;
  /** Of each person, on average. */
  readonly payments: number;
  readonly perSecond: number;
  readonly sizes: readonly AtSize[];
  /** Rows of a payment, its place in the ledger and its audit event that PostgreSQL copies from a file in a second. */
  readonly copiedPerSecond: number;
}

interface Options {
  readonly people: number;
  readonly sizes: readonly number[];
  readonly seconds: number;
  readonly say: (text: string) => void;
}

const listQuery = '%"summary" from "payment"%';
/** Requests a second: modest, so that none waits for another. A PDF takes longer to make than a page. */
const perSecond = 25;
const statementsPerSecond = 3;

const itemSchema = z.object({
  kind: z.string(),
  payment: z.object({ lines: z.array(z.unknown()) }).optional(),
});

/** Measures the same people in one process that is warm, while more and more payments of others are stored. */
export async function measurePayments(
  stage: Stage,
  web: Started,
  { people, sizes, seconds, say }: Options,
): Promise<PaymentsMeasured> {
  const pool = new Pool(web.origin, { connections: 4 });
  try {
    const senders = openSenders(stage, sizes.length + 1, people);
    say(`${people} people open an account, and their caisse deposits …`);
    const walks = await openAccounts(stage, pool, senders.lines);
    const own = senders.own;
    await stage.timed(['deposit', senders.files[0] ?? '', '--sender', 'caisse-631']);
    for (const wanted of sizes) await fill(stage.postgres, wanted, own, say);
    for (const { walk, traveller } of walks) await signIn(walk, traveller);
    const read = { walks: walks.map(({ walk }) => walk), web, stage, ...(await latestOf(walks[0]?.walk)) };
    say('warm-up …');
    for (let round = 0; round < Math.ceil(1_500 / people); round += 1)
      for (const walk of read.walks) await walk.see(paths.accountPayments);
    for (const { path, rate } of targets(read))
      for (let warm = 0; warm < 8 * rate; warm += 1) await read.walks[0]?.see(path);
    const measured: AtSize[] = [];
    for (const [index, wanted] of sizes.entries()) {
      say(`${wanted} lines …`);
      measured.push(await atSize(read, wanted, senders.files[index + 1] ?? '', seconds));
    }
    return {
      people,
      payments: own.payments / people,
      perSecond,
      sizes: measured,
      copiedPerSecond: await copyRate(stage),
    };
  } finally {
    await pool.close();
  }
}

interface Reading {
  readonly walks: readonly Walk[];
  readonly stage: Stage;
  readonly web: Started;
  /** A payment and a month of the first person. */
  readonly payment: string;
  readonly month: string;
}

interface Target {
  readonly name: string;
  readonly path: string;
  /** Requests a second. */
  readonly rate: number;
  /** Only the first of the people asks for it: it is theirs. */
  readonly ofFirst: boolean;
}

function targets({ payment, month }: Reading): readonly Target[] {
  const [onePayment, oneMonth] = [
    paths.accountPayment.replace(':paiement', payment),
    paths.accountStatement.replace(':mois', month),
  ];
  const usual = { rate: perSecond, ofFirst: false };
  return [
    { ...usual, name: 'the list', path: paths.accountPayments },
    { ...usual, name: 'the list as a file (CSV)', path: paths.accountPaymentsCsv },
    { ...usual, name: 'one payment', path: onePayment, ofFirst: true },
    { name: 'the statement of a month (PDF)', path: oneMonth, rate: statementsPerSecond, ofFirst: true },
  ];
}

async function atSize(read: Reading, wanted: number, file: string, seconds: number): Promise<AtSize> {
  const { stage } = read;
  const stored = await putInPlace(stage.postgres, wanted);
  const deposited = await stage.timed(['deposit', file, '--sender', 'caisse-631']);
  const deposits = readFileSync(file, 'utf8').trimEnd().split('\n').length;
  await forgetFiles(stage.postgres);
  const coldMs = [];
  for (const walk of read.walks) coldMs.push((await walk.see(paths.accountPayments)).ms);
  const reading = await stage.postgres.spent(listQuery);
  const asked = [];
  for (const target of targets(read))
    asked.push(await askInTurn(read, target, target.path === paths.accountPayments ? 2 * seconds : seconds));
  const after = await stage.postgres.spent(listQuery);
  return {
    ...stored,
    asked,
    coldMs,
    databaseMs: (after.ms - reading.ms) / (after.calls - reading.calls),
    plan: await explained(stage.postgres, listQuery),
    deposit: { perSecond: deposits / deposited.seconds, cpuMs: deposited.cpuMs / deposits },
  };
}

/** Asks at the rate of the target, each of the people in turn. */
async function askInTurn(
  { walks, web, stage }: Reading,
  { name, path, rate, ofFirst }: Target,
  seconds: number,
): Promise<Asked> {
  await wait(500);
  const before = { cpu: cpuTime(web.process.pid), statements: await stage.postgres.statements('web') };
  const ms: number[] = [];
  let bytes = 0;
  let turn = 0;
  await openLoop(rate, seconds, async () => {
    const walk = walks[ofFirst ? 0 : turn++ % walks.length];
    const answer = await walk?.see(path);
    ms.push(answer?.ms ?? Number.NaN);
    bytes = answer?.bytes ?? 0;
  });
  const cpuMs = (cpuTime(web.process.pid).total - before.cpu.total) / ms.length;
  const statements = ((await stage.postgres.statements('web')) - before.statements) / ms.length;
  return { name, ms, cpuMs, statements, bytes };
}

/** What caisses would deposit: of the people who are measured, then of others, a file for each size. */
function openSenders(stage: Stage, groups: number, people: number) {
  const at = (name: string) => join(stage.folder, name);
  const { publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(at('sender.json'), JSON.stringify(publicKey.export({ format: 'jwk' })));
  mkdirSync(at('pdf'));
  const scopes = ['--scopes', 'payments,rights,documents,messages'];
  stage.command('sender', 'add', 'caisse-631', '--name', 'CPAM', ...scopes, '--keys', at('sender.json'));
  const lines = Array.from({ length: groups }, () =>
    Array.from({ length: people }, () => stage.crowd.next()),
  );
  const named = lines.map((group, index) => {
    writeFileSync(
      at(`people-${index}.ndjson`),
      group.map(({ line }) => `${JSON.stringify(line)}\n`).join(''),
    );
    const out = at(`deposits-${index}.ndjson`);
    stage.command('register', 'deposits', at(`people-${index}.ndjson`), '--out', out, '--pdf-dir', at('pdf'));
    const all = readFileSync(out, 'utf8').trimEnd().split('\n');
    const parsed = all.map((text) => ({ text, ...itemSchema.parse(JSON.parse(text)) }));
    const write = (name: string, chosen: typeof parsed) =>
      writeFileSync(at(name), chosen.map(({ text }) => `${text}\n`).join(''));
    const payments = parsed.filter(({ payment }) => payment);
    write(`payments-${index}.ndjson`, payments);
    // Whom payments may be about.
    write(
      `rights-${index}.ndjson`,
      parsed.filter(({ kind }) => kind === 'rights'),
    );
    stage.command('deposit', at(`rights-${index}.ndjson`), '--sender', 'caisse-631');
    const ownLines = payments.reduce((sum, { payment }) => sum + (payment?.lines.length ?? 0), 0);
    return { file: at(`payments-${index}.ndjson`), payments: payments.length, lines: ownLines };
  });
  const [own = { payments: 0, lines: 0 }] = named;
  return { files: named.map(({ file }) => file), own, lines: lines[0] ?? [] };
}

async function openAccounts(stage: Stage, pool: Pool, travellers: ReturnType<typeof openSenders>['lines']) {
  let sent = 0;
  // Every request comes from elsewhere: the limits of an address are another subject.
  const ip = () => `10.${100 + ((sent >> 16) & 63)}.${(sent >> 8) & 255}.${sent++ & 255}`;
  const walks = [];
  for (const traveller of travellers) {
    const browser = openBrowser(pool, { host: publicHost, ip });
    const walk = openWalk(browser, (_step, ask) => ask(), { patientUntil: Number.POSITIVE_INFINITY });
    await beforePassword(walk, traveller);
    await openAccount(walk, traveller, stage.mails);
    walks.push({ walk, traveller });
  }
  return walks;
}

/** What the list of a person leads to: their latest payment that is shown, and its month. */
async function latestOf(
  walk: Walk | undefined,
): Promise<{ readonly payment: string; readonly month: string }> {
  const list = (await walk?.see(paths.accountPayments))?.text() ?? '';
  const found = (path: string, name: string) =>
    new RegExp(`href="${path.replace(name, '([\\w-]+)').replace('.', '\\.')}"`).exec(list)?.[1];
  const payment = found(paths.accountPayment, ':paiement');
  const month = found(paths.accountStatement, ':mois');
  if (!payment || !month) throw new Error('The first person has no payment');
  return { payment, month };
}

/** Rows a second that PostgreSQL copies from files into tables like those of a deposit, indexes and all. */
async function copyRate(stage: Stage): Promise<number> {
  const client = new pg.Client({ connectionString: stage.postgres.url('postgres') });
  await client.connect();
  const { rows: where } = await client.query<{ folder: string }>(
    "select current_setting('data_directory') as folder",
  );
  const tables = ['payment', 'deposit', 'audit_event'];
  const file = (table: string) => `'${join(where[0]?.folder ?? '', `${table}.copied`)}'`;
  try {
    const { rows } = await client.query<{ payments: number }>(
      "select count(*)::integer as payments from deposit where kind = 'payment'",
    );
    for (const table of tables) {
      const limited = table === 'payment' ? `limit ${rows[0]?.payments ?? 0}` : '';
      await client.query(`copy (select * from ${table} ${limited}) to ${file(table)} (format binary)`);
      await client.query(`create table copied_${table} (like ${table} including all)`);
    }
    const start = performance.now();
    for (const table of tables)
      await client.query(`copy copied_${table} from ${file(table)} (format binary)`);
    return ((rows[0]?.payments ?? 0) * 1000) / (performance.now() - start);
  } finally {
    await client.end();
  }
}
