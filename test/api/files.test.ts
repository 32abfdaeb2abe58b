import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentsAnswer, messagesAnswer, paymentsAnswer } from '#src/api/account/answers.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { depositDocument, hideDocuments } from '../papers/setting.ts';
import { openAccountOf } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { depositLife } from '../setting/invented-life.ts';
import { sentDuring } from '../setting/statements.ts';
import { goodPassword } from '../steps.ts';
import { Program, type Told } from './program.ts';

const gerald = personNamed('adresse-titulaire');
const stranger = personNamed('isere');
/** His son, who is of age. */
const nobodys = '00000000-0000-4000-8000-000000000000';

function isFile({ status, headers, text }: Told, type: string, name: string): void {
  assert.deepEqual(
    [status, headers['content-type'], headers['content-disposition'], headers['cache-control']],
    [200, type, `attachment; filename="${name}"`, 'no-store'],
    text.slice(0, 200),
  );
  assert.equal(headers['x-content-type-options'], 'nosniff');
}

test('a program receives the files of an account, and nobody else’s', async (t) => {
  const site = await testApp(t);
  const { app, services } = site;
  const { nir } = gerald.line;
  await openAccountOf(site, gerald, 'gerald@exemple.fr');
  await openAccountOf(site, stranger, 'autre@exemple.fr');
  await depositLife(site, gerald, '2025-01-01');
  // Longer than a part in which bytes are stored.
  const long = Buffer.concat([Buffer.from('%PDF-1.7 '), Buffer.alloc(400_000, 'x')]);
  const mine = await depositDocument(site, gerald, {
    reference: 'L',
    title: 'Décision',
    matters: true,
    file: long,
  });
  const sons = await hideDocuments(site, gerald);

  const program = new Program(app);
  const other = new Program(app);
  await program.ask('POST', '/connexion', { nir, motDePasse: goodPassword });
  await other.ask('POST', '/connexion', { nir: stranger.line.nir, motDePasse: goodPassword });
  const get = (path: string, who = program) => who.ask('GET', `/mon-compte${path}`);
  const tried: string[] = [];

  await t.test('a document, whole, which nobody has read by that', async () => {
    const path = `/documents/${mine}/fichier`;
    const told = await get(path);
    isFile(told, 'application/pdf', 'document.pdf');
    assert.equal(told.headers['content-length'], String(long.length));
    assert.equal(told.text, long.toString());
    tried.push(path);
    const { documents } = documentsAnswer.parse((await get('/documents')).body);
    const listed = documents.find(({ id }) => id === mine);
    assert.deepEqual([listed?.luLe, listed?.octets, listed?.type], [null, long.length, 'application/pdf']);
    assert.ok(documents.every(({ id }) => id !== sons));
    for (const id of [sons, nobodys, 'x', '%00', mine.toUpperCase()])
      assert.equal((await get(`/documents/${id}/fichier`)).status, 404, id);
  });

  await t.test('an attachment, of its own thread only', async () => {
    const { messages } = messagesAnswer.parse((await get('/messages')).body);
    const message = messages.find(({ pieces }) => pieces.length > 0);
    const [piece] = message?.pieces ?? [];
    assert.ok(message && piece);
    assert.equal(piece.titre, 'Vos examens de prévention');
    const path = `/messages/${message.fil}/pieces/${piece.id}`;
    isFile(await get(path), 'application/pdf', 'piece-jointe.pdf');
    tried.push(path);
    const elsewhere = messages.find(({ fil }) => fil !== message.fil);
    for (const [thread, id] of [
      [elsewhere?.fil, piece.id],
      [message.fil, mine],
      [message.fil, sons],
      [message.fil, nobodys],
      ['x', piece.id],
    ])
      assert.equal((await get(`/messages/${thread}/pieces/${id}`)).status, 404);
    assert.equal((await get(`/documents/${piece.id}/fichier`)).status, 404, 'it is no document');
  });

  await t.test('statements of the months and years that are named', async () => {
    const { releves, relevesFiscaux } = paymentsAnswer.parse((await get('/paiements?nature=rentes')).body);
    const [month] = releves;
    const [year] = relevesFiscaux;
    assert.deepEqual([month, year], ['2026-02', 2026]);
    isFile(await get(`/releves/${month}.pdf`), 'application/pdf', `releve-${month}.pdf`);
    isFile(await get(`/releve-fiscal/${year}.pdf`), 'application/pdf', `releve-fiscal-${year}.pdf`);
    tried.push(`/releves/${month}.pdf`, `/releve-fiscal/${year}.pdf`);
    for (const path of [
      '/releves/2019-01.pdf',
      '/releves/2026-13.pdf',
      '/releves/x.pdf',
      '/releve-fiscal/1999.pdf',
    ])
      assert.equal((await get(path)).status, 404, path);
  });

  await t.test('none for somebody else, without a token, or by another method; few statements', async () => {
    for (const path of tried) {
      const refused = await get(path, other);
      assert.deepEqual(
        [refused.status, refused.type],
        [404, 'application/problem+json; charset=utf-8'],
        path,
      );
      const without = await get(path, new Program(app));
      assert.deepEqual([without.status, without.headers['www-authenticate']], [401, 'Bearer'], path);
      assert.equal((await program.ask('POST', `/mon-compte${path}`, {})).status, 405);
      const sent = await sentDuring(() => get(path));
      // Of a long file each part is read by itself, as it leaves.
      const besides = sent.filter((one) => !one.includes('"document_part"'));
      assert.ok(besides.length <= 7, `${path}: ${sent.join('\n')}`);
    }
  });

  await t.test('reading is nobody’s reading: what matters is still unread', async () => {
    const { db } = services;
    const rows = await db
      .selectFrom('document')
      .select('opened_at')
      .where('opened_at', 'is not', null)
      .execute();
    assert.deepEqual(rows, []);
    const read = await db.selectFrom('message').select('id').where('opened_at', 'is not', null).execute();
    assert.deepEqual(read, []);
  });
});
