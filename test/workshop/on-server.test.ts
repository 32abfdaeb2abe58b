import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { paths } from '#src/paths.ts';
import { cookieName } from '#src/web/cookies.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { Browser } from '../reliability/browser.ts';
import { type Closing, needsServer, server } from '../setting/database.ts';
import { ownRole } from './class-server.ts';
import { identityOnDesk, openRoom, prepareClass, takeSeat } from './room.ts';

const ofClass = { secure: false, demo: { kind: 'exercise' } } as const;

async function folderOf(t: Closing): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'compte-on-server-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test(
  'each class lives in a database of its own, sleeps, wakes, and is erased with it',
  needsServer,
  async (t) => {
    const { databases, admin, name: role, url } = await ownRole(t, 'createdb');
    const folder = await folderOf(t);
    const room = await openRoom(t, { settings: { DATABASE_URL: url, DATA_DIR: folder } });
    const first = await prepareClass(room);
    const second = await prepareClass(room, { nom: 'Jeudi' });
    assert.equal((await databases()).length, 2);
    const lucie = await takeSeat(room, first.code, 'Lucie');
    const nora = await takeSeat(room, second.code, 'Nora');
    await lucie.learner.get(paths.identity);
    const begun = await lucie.learner.post(paths.identity, identityOnDesk(lucie.desk));
    assert.equal(begun.location, paths.proof);
    // What one class holds is not in the other, and no name says what it is.
    const mine = await databases();
    const counts = await Promise.all(
      mine.map(async (name) => {
        const of = new URL(server ?? '');
        of.pathname = `/${name}`;
        const client = new pg.Client({ connectionString: of.href });
        await client.connect();
        const { rows } = await client.query<{ dossiers: number; mode: string; open: number }>(`
        select (select count(*)::integer from dossier) as dossiers, (select mode from installation) as mode,
          (select count(*)::integer from pg_stat_activity where datname = current_database()) - 1 as open`);
        await client.end();
        return rows[0];
      }),
    );
    assert.deepEqual(counts.map((one) => one?.dossiers).sort(), [0, 1]);
    assert.ok(counts.every((one) => one?.mode === 'workshop' && one.open <= 3));
    assert.ok(mine.every((name) => /^atelier_[a-f\d]{16}_[a-f\d]{8}$/.test(name)));

    // What a crash leaves of a class that nobody was told of, and what is somebody else’s.
    const orphan = (mine[0] ?? '').replace(/.{8}$/, '0badc1a5');
    const installation = (mine[0] ?? '').slice(0, -8);
    await admin.query(`create database ${orphan} owner ${role}`);
    await admin.query(`create database autre_${role} owner ${role}`);
    mkdirSync(join(folder, 'atelier/0badf01d'));
    await room.restart();
    assert.deepEqual(await databases(), mine);
    assert.ok(!existsSync(join(folder, 'atelier/0badf01d')));
    const { rows } = await admin.query('select from pg_database where datname = $1', [`autre_${role}`]);
    assert.equal(rows.length, 1);

    // After a restart classes sleep: no connection is open to theirs, until somebody asks.
    const connected = async () =>
      (await admin.query('select from pg_stat_activity where starts_with(datname, $1)', [installation])).rows
        .length;
    assert.equal(await connected(), 0);
    const again = (browser: Browser, names: readonly string[]) =>
      new Browser(room.origin, Object.fromEntries(names.map((name) => [name, browser.cookie(name)])));
    const ofSeat = [cookieName(ofClass, roleCookie), cookieName(ofClass, 'session')];
    assert.equal((await again(lucie.learner, ofSeat).get(paths.proof)).status, 200);
    assert.ok((await connected()) > 0);
    assert.match((await again(nora.learner, ofSeat).get(workshopPaths.seat)).html, /Votre poste/);

    const trainer = again(first.trainer, [cookieName(ofClass, 'formateur')]);
    for (const { board } of [first, second]) {
      await trainer.get(`${board}/effacer`);
      assert.equal((await trainer.post(board, { action: 'effacer' })).location, workshopPaths.classes);
    }
    assert.deepEqual(await databases(), []);
    assert.deepEqual(
      readdirSync(join(folder, 'atelier')).filter((one) => /^[a-f\d]{8}$/.test(one)),
      [],
    );
  },
);

test(
  'a server whose role may too much or too little is refused, and a database with people too',
  needsServer,
  async (t) => {
    const poor = await ownRole(t, 'nocreatedb');
    await assert.rejects(
      openRoom(t, { settings: { DATABASE_URL: poor.url } }),
      /DATABASE_URL: its role may not create databases/,
    );
    const rich = await ownRole(t, 'superuser');
    await assert.rejects(
      openRoom(t, { settings: { DATABASE_URL: rich.url } }),
      /DATABASE_URL: its role is a superuser/,
    );
    const used = await ownRole(t, 'createdb');
    const client = new pg.Client({ connectionString: used.url });
    await client.connect();
    await client.query('create table installation (mode text)');
    await client.end();
    await assert.rejects(
      openRoom(t, { settings: { DATABASE_URL: used.url } }),
      /one of an installation with people/,
    );
  },
);
