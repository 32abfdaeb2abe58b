import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import { purgeAudit } from '#src/audit/purge.ts';
import { showTrail } from '#src/cli/document/show-trail.ts';
import { Secret } from '#src/crypto/secret.ts';
import { exportLetters } from '#src/letters/batch/export.ts';
import { trailOf } from '#src/paper/trail.ts';
import { exporting, lettersFolder } from '../letters/queue.ts';
import { openAccountOf } from '../setting/account.ts';
import { address, ange, day, depotOf, minute, pdf } from './depot.ts';

test('the trail names no mail that did not tell of the document, and shows when somebody changed it', async (t) => {
  const depot = await depotOf(t, { account: false });
  const { services, clock } = depot.site;
  const id = await depot.sends({ matters: false });
  await depot.turn();
  clock.advance(minute);
  await openAccountOf(depot.site, ange, address);
  await depot.pays();
  clock.advance(6 * minute);
  await depot.turn();
  assert.equal((await depot.told('new-deposits')).length, 1);
  const trail = await trailOf(services, id);
  assert.deepEqual(
    trail?.lines.map(({ text }) => text),
    ['deposited by caisse-631; no mail is to tell of it'],
  );
  assert.deepEqual(
    trail.chains.map(({ brokenAt, isVouchedFor }) => [brokenAt, isVouchedFor]),
    [[null, true]],
  );
  await depot.site.asOwner(async (owner) => {
    await sql`update audit_event set at = at - interval '1 day' where kind = 'deposited'`.execute(owner);
  });
  assert.notEqual((await trailOf(services, id))?.chains[0]?.brokenAt, null);
});

test('an operator is shown the proof as long as the document is kept, and told when it is none', async (t) => {
  const depot = await depotOf(t, { account: false });
  const { services, clock } = depot.site;
  const { db, keyring } = services;
  const id = await depot.sends();
  await depot.turn();
  await exportLetters(exporting(services), { folder: lettersFolder(t) });
  clock.advance(400 * day);
  await purgeAudit(db, keyring, clock.now());
  const out: string[] = [];
  const err: string[] = [];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const secrets = { masterKeys: new Secret(new Map([[1, Buffer.alloc(32, 7)]])) };
  assert.equal(await showTrail(terminal, db, secrets, id), 0);
  const sha256 = hash('sha256', pdf);
  assert.equal(out[0], `document ${id}: application/pdf, ${pdf.length} bytes, SHA-256 ${sha256}`);
  const lines = out.map((line) => line.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, '…'));
  assert.deepEqual(lines.slice(1), [
    '2026-03-02T10:00:00.000+01:00  deposited by caisse-631; no mail is to tell of it  [event 1]',
    '2026-03-02T10:00:00.000+01:00  letter queued, because it matters and the person has no open account: …  [event 2]',
    '2026-03-02T10:00:00.000+01:00  letter and document handed to the printer, in batch 1: …  [event 3]',
    'Times of Paris, by the clock of this service. What the printer reported is the printer’s word.',
    'Chain of 3 events: none was changed, inserted or taken out; none is sealed yet',
  ]);
  assert.deepEqual(err, []);
  assert.equal(await showTrail(terminal, db, secrets, '00000000-0000-4000-8000-000000000000'), 1);
});
