import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { runCommand } from '../setting/command-line.ts';
import { needsServer, server } from '../setting/database.ts';
import { roles } from '../setting/database-preparation.ts';
import { createServerDatabase, openPatiently } from '../setting/server-database.ts';

function key(number: number): string {
  return `${number}:${randomBytes(32).toString('base64')}`;
}

test(
  'an installation in production: its owner migrates, another role serves, and only with its own keys',
  needsServer,
  async (t) => {
    assert.ok(server);
    const folder = mkdtempSync(join(tmpdir(), 'compte-installation-'));
    const { url, ownerUrl, drop } = await createServerDatabase(server, 'empty');
    t.after(async () => {
      rmSync(folder, { recursive: true });
      await drop();
    });
    const serving: Record<string, string> = {
      MODE: 'production',
      LEGAL_BASIS: 'texte fictif pour un essai',
      PUBLIC_URL: 'https://compte.exemple.fr',
      DATABASE_URL: url,
      MASTER_KEYS: key(1),
      PASSWORD_PEPPERS: key(1),
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'ne-pas-repondre@exemple.fr',
      METRICS_PORT: 'off',
      PORT: '0',
      DATA_DIR: folder,
    };
    const owner = { ...serving, DATABASE_URL: ownerUrl, DATABASE_RUNTIME_ROLE: roles.runtime };
    const file = join(folder, 'register.ndjson');
    const opening = [
      ['register', 'import', file],
      ['letters', 'status'],
      ['letters', 'export', folder],
      ['notices'],
      ['jobs'],
      ['audit', 'verify'],
      ['keys', 'rotate'],
      ['support', '7K2M-Q0ZR'],
    ];

    assert.equal((await runCommand(['register', 'generate', '--count', '20', '--out', file])).code, 0);
    const early = await runCommand(['audit', 'verify'], serving);
    assert.equal(early.code, 1);
    assert.match(early.err, /run "compte migrate" first/);
    const asService = await runCommand(['migrate'], serving);
    assert.equal(asService.code, 1);
    assert.match(asService.err, /give the DATABASE_URL of the owner/);
    const migrated = await runCommand(['migrate'], owner);
    assert.equal(migrated.code, 0, migrated.err);
    assert.equal((await runCommand(['migrate'], owner)).out, 'the database is up to date');
    const loaded = await runCommand(['register', 'import', file], serving);
    assert.equal(loaded.code, 0, loaded.err);
    const healthy = await runCommand(['doctor'], serving);
    assert.match(healthy.out, /^ok {6}MASTER_KEYS: 1 writes$/m);
    assert.match(healthy.out, /^ok {6}PASSWORD_PEPPERS: 1 writes$/m);
    assert.match(healthy.out, /^ok {6}role: \w+ changes rows, never tables$/m);
    assert.match((await runCommand(['doctor'], owner)).out, /^WARNING role: /m);

    const owned = openPatiently(ownerUrl, 1);
    t.after(owned.close);
    await sql`insert into migration (name) values ('9999_later.sql')`.execute(owned.db);
    assert.match(
      (await runCommand(['doctor'], serving)).out,
      /^WARNING migrations: a newer version of the program ran 9999_later\.sql here: upgrade this one$/m,
    );

    const others: [Record<string, string>, RegExp][] = [
      [{ MASTER_KEYS: key(1) }, /^ {2}MASTER_KEYS: key 1 is not the key of that number/m],
      [{ PASSWORD_PEPPERS: key(1) }, /^ {2}PASSWORD_PEPPERS: key 1 is not the key of that number/m],
      [{ MASTER_KEYS: key(2) }, /^ {2}MASTER_KEYS: key 1 is missing/m],
      [{ MASTER_KEYS: `${key(2)},${key(1)}` }, /^ {2}MASTER_KEYS: key 1 is not the key of that number/m],
    ];
    for (const [change, expected] of others)
      for (const command of opening) {
        const { code, out, err } = await runCommand(command, { ...serving, ...change });
        assert.equal(code, 78, command.join(' '));
        assert.match(err, expected);
        assert.equal(out, '');
      }
    const demo = { DEMO_DATABASE_URL: url, DATA_DIR: join(folder, 'demo'), METRICS_PORT: 'off', PORT: '0' };
    for (const command of [...opening, ['migrate']]) {
      const { code, err } = await runCommand(command, demo);
      assert.equal(code, 78, command.join(' '));
      assert.match(err, /^ {2}MODE: this database was made by production/m);
    }

    const { db, close } = openPatiently(url, 1);
    t.after(close);
    const { people } = await db
      .selectFrom('insured')
      .select((eb) => eb.fn.countAll<string>().as('people'))
      .executeTakeFirstOrThrow();
    assert.equal(Number(people), 20, 'nobody was added under another key');
    const known = await db.selectFrom('installation_key').select(['kind', 'number']).execute();
    assert.equal(known.length, 2, 'no wrong key was noted');
  },
);
