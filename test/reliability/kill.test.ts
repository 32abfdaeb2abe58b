import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { verifyAudit } from '#src/audit/verify.ts';
import { demoPersons } from '#src/fictitious/demo-register.ts';
import { paths } from '#src/paths.ts';
import { lastFirst } from '../setting/database.ts';
import { Browser } from './browser.ts';
import { enrolThrough, ordinaryPeople, type Progress } from './enrolment.ts';
import { databaseFor, inTheDatabase } from './place-database.ts';
import { type Place, placeFor, start, withoutSimulator } from './service.ts';

const rounds = 3;
const lanes = 3;

const mails = z.array(z.object({ a: z.string(), liens: z.array(z.string()) }));

async function linkIn(place: Place, email: string): Promise<string | null> {
  const address = `${place.origin}/demo/courriels.json?a=${encodeURIComponent(email)}`;
  const answer = await fetch(address, { headers: { connection: 'close' } }).catch(() => null);
  const text = await answer?.text().catch(() => '');
  if (!answer?.ok || !text) return null;
  const links = mails.parse(JSON.parse(text)).flatMap(({ liens }) => liens);
  const link = links.find((one) => one.includes('/validation-email/'));
  return link === undefined ? null : new URL(link).pathname;
}

/** True when the server acknowledged the confirmation; a mail that is late is not waited for. */
async function confirm(place: Place, email: string): Promise<boolean> {
  const browser = new Browser(place.origin);
  for (let tries = 0; tries < 40; tries += 1) {
    const link = await linkIn(place, email);
    const shown = link === null ? null : await browser.get(link).catch(() => null);
    const answer = link && shown?.status === 200 ? await browser.post(link).catch(() => null) : null;
    if (answer?.location === paths.confirmed || /déjà confirmée/.test(shown?.html ?? '')) return true;
    await wait(100);
  }
  return false;
}

/** The Message-IDs of the mails that each address got, one for each copy. */
async function messageIds({ folder }: Place): Promise<Map<string, string[]>> {
  const tray = join(folder, 'courriels');
  const found = new Map<string, string[]>();
  for (const name of (await readdir(tray)).filter((one) => one.endsWith('.eml'))) {
    const raw = await readFile(join(tray, name), 'utf8');
    const to = /^To: .*?([^\s<>]+@[^\s<>]+)/im.exec(raw)?.[1] ?? '';
    found.set(to, [...(found.get(to) ?? []), /^Message-ID: *(\S+)/im.exec(raw)?.[1] ?? '']);
  }
  return found;
}

test('after repeated kills, no acknowledged step, account or mail is lost or done twice', async (t) => {
  const closing = lastFirst(t);
  const place = await placeFor(closing, { ...(await databaseFor(closing)), ...withoutSimulator });
  let server = await start(closing, place);
  const waiting = ordinaryPeople();
  const enrolled: string[] = [];
  const confirmed: string[] = [];
  let kills = 0;
  const progress: Progress = { answered: 0, interrupted: 0, over: false };

  const killing = async () => {
    while (kills < rounds) {
      const until = progress.answered + Math.random() * 30;
      while (progress.answered < until) {
        if (progress.over) return;
        await wait(2);
      }
      await wait(Math.random() * 30);
      await server.end('SIGKILL');
      kills += 1;
      server = await start(closing, place);
    }
  };
  const lane = async () => {
    while (kills < rounds) {
      const person = waiting.pop();
      assert.ok(person, 'enough people');
      const email = `${person.cle}@exemple.fr`;
      await enrolThrough(new Browser(place.origin), person, email, progress);
      enrolled.push(email);
      if (enrolled.length % 2 === 0 && (await confirm(place, email))) confirmed.push(email);
    }
  };
  const all = [killing(), ...Array.from({ length: lanes }, lane)];
  await Promise.all(all).finally(() => {
    progress.over = true;
  });
  assert.ok(progress.interrupted > 0, 'somebody was interrupted');

  await server.end('SIGKILL');
  kills += 1;
  server = await start(closing, place);
  for (const email of enrolled) while ((await linkIn(place, email)) === null) await wait(100);
  const mailsTo = async (email: string) => new Set((await messageIds(place)).get(email)).size;
  for (const email of confirmed) while ((await mailsTo(email)) < 2) await wait(100);
  assert.equal(await server.end('SIGTERM'), 0);

  const letters = await messageIds(place);
  let copies = 0;
  for (const email of enrolled) {
    const ids = letters.get(email) ?? [];
    // Confirming sends a second mail, «account active».
    const kinds = new Set(ids).size;
    assert.ok(kinds === 1 || kinds === 2, `${email} got ${ids.join(' ')}`);
    copies += ids.length - kinds;
  }
  assert.ok(copies <= kills, `${copies} copies too many after ${kills} kills`);

  await inTheDatabase(place, async ({ db }) => {
    const opened = demoPersons().filter(({ account }) => account !== null).length;
    const count = async (statement: ReturnType<typeof sql<{ n: number }>>) =>
      (await statement.execute(db)).rows[0]?.n;
    assert.equal(await count(sql`select count(*)::integer as n from account`), opened + enrolled.length);
    assert.equal(
      await count(sql`select count(*)::integer as n from audit_event where kind = 'account-created'`),
      enrolled.length,
    );
    const half = sql<{ n: number }>`
      select count(*)::integer as n from audit_event made where kind = 'account-created' and (
        not exists (select from account where person_key = made.person_key)
        or (select count(*) from email_claim where person_key = made.person_key) <> 1
        or (select count(*) from email_confirmation where person_key = made.person_key) <> 1
        or (select count(*) from terms_acceptance where person_key = made.person_key) <> 1
        or (select count(*) from consent where person_key = made.person_key) <> 5
        or (select count(*) from notice where person_key = made.person_key and kind = 'activation') <> 1)`;
    assert.equal(await count(half), 0, 'no half account');
    const active = sql<{ n: number }>`
      select count(*)::integer as n from account where status = 'active' and exists (
        select from audit_event where person_key = account.person_key and kind = 'account-created')`;
    assert.ok(Number(await count(active)) >= confirmed.length, 'no acknowledged confirmation is lost');
    // Those that tell of the account, by SMS or letter, may still be on their way when everything stops.
    const lost = sql<{ n: number }>`
      select count(*)::integer as n from notice
      where state <> 'handed-over' and not (state in ('queued', 'deferred') and kind like 'account-created%')`;
    assert.equal(await count(lost), 0, 'no notice is lost');
    assert.deepEqual((await verifyAudit(db)).broken, []);
  });
  t.diagnostic(
    `${kills} kills, ${enrolled.length} accounts, ${progress.interrupted} requests interrupted, ${copies} copies`,
  );
});
