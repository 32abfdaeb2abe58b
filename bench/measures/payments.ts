import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Pool } from 'undici';
import { paths } from '#src/paths.ts';
import { openBrowser } from '../client/browser.ts';
import { beforePassword, openAccount, signIn } from '../client/journey.ts';
import { quantile } from '../client/tally.ts';
import { openWalk } from '../client/walk.ts';
import { publicHost, type Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';

/** The list of one person’s payments, with so many payments of others stored beside them. */
export interface PaymentList {
  readonly stored: number;
  readonly own: number;
  readonly requests: number;
  readonly statements: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  /** What the database took for the statement that reads the payments, on average. */
  readonly databaseMs: number;
}

const perPerson = 90;
const listQuery = '%"summary" from "payment"%';

/** Measures the same list again after each filling, in one process that is warm. */
export async function measurePayments(
  stage: Stage,
  { origin }: Started,
  { sizes, requests }: { readonly sizes: readonly number[]; readonly requests: number },
): Promise<readonly PaymentList[]> {
  const pool = new Pool(origin, { connections: 1 });
  const owner = new pg.Client({ connectionString: stage.postgres.url('owner') });
  await owner.connect();
  try {
    let sent = 0;
    // Every request comes from elsewhere: the limits of an address are another subject.
    const ip = () => `10.${100 + ((sent >> 16) & 63)}.${(sent >> 8) & 255}.${sent++ & 255}`;
    const browser = openBrowser(pool, { host: publicHost, ip });
    const traveller = stage.crowd.next();
    const walk = openWalk(browser, (_step, ask) => ask(), { patientUntil: Number.POSITIVE_INFINITY });
    await beforePassword(walk, traveller);
    await openAccount(walk, traveller, stage.mails);
    depositFor(stage, JSON.stringify(traveller.line));
    await signIn(walk, traveller);
    const own = await count(owner);
    for (let warm = 0; warm < 100; warm += 1) await walk.see(paths.accountPayments);
    const measured: PaymentList[] = [];
    for (const size of sizes) {
      await fill(owner, size);
      const stored = await count(owner);
      const before = await stage.postgres.statements('web');
      const reading = await stage.postgres.spent(listQuery);
      const times: number[] = [];
      for (let asked = 0; asked < requests; asked += 1)
        times.push((await walk.see(paths.accountPayments)).ms);
      const statements = (await stage.postgres.statements('web')) - before;
      const after = await stage.postgres.spent(listQuery);
      measured.push({
        stored,
        own,
        requests,
        statements: statements / requests,
        medianMs: quantile(times, 0.5),
        p99Ms: quantile(times, 0.99),
        databaseMs: (after.ms - reading.ms) / (after.calls - reading.calls),
      });
    }
    return measured;
  } finally {
    await owner.end();
    await pool.close();
  }
}

/** What the caisse of an invented person would have deposited, through the commands of operators. */
function depositFor(stage: Stage, line: string): void {
  const at = (name: string) => join(stage.folder, name);
  const { publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(at('sender.json'), JSON.stringify(publicKey.export({ format: 'jwk' })));
  writeFileSync(at('one.ndjson'), `${line}\n`);
  mkdirSync(at('pdf'));
  const scopes = ['--scopes', 'payments,rights,documents,messages'];
  stage.command('sender', 'add', 'caisse-631', '--name', 'CPAM', ...scopes, '--keys', at('sender.json'));
  const files = ['--pdf-dir', at('pdf')];
  stage.command('register', 'deposits', at('one.ndjson'), '--out', at('deposits.ndjson'), ...files);
  stage.command('deposit', at('deposits.ndjson'), '--sender', 'caisse-631', ...files);
}

async function count(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ count: number }>('select count(*)::integer as count from payment');
  return rows[0]?.count ?? 0;
}

/** Payments of people who do not exist, as long as sealed ones, spread over the months that are open. */
async function fill(owner: pg.Client, size: number): Promise<void> {
  const missing = size - (await count(owner));
  await owner.query(
    `insert into payment (person_key, id, paid_on, summary, detail, deposited_at)
     select sha256((n / $2)::text::bytea), gen_random_uuid(), (now() - ((n % $2) * 8) * interval '1 day')::date,
       decode(repeat(md5(n::text), 10), 'hex'), decode(repeat(md5(n::text), 40), 'hex'), now()
     from generate_series($3::integer, $3::integer + $1::integer - 1) as n`,
    [Math.max(0, missing), perPerson, size],
  );
  await owner.query('vacuum analyze payment');
}
