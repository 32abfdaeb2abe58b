import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listDrafts } from '#src/archive/draft.ts';
import { findDocument, listAttachments } from '#src/archive/store.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { deposit } from '#src/depot/deposit.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { listMessages } from '#src/messages/store.ts';
import { paths, withParameters } from '#src/paths.ts';
import { findSender } from '#src/senders/sender.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { jpeg, page, pdf } from '../setting/made-files.ts';
import { messageIn, readMessages } from '../setting/messages.ts';
import type { Visitor } from '../visitor.ts';

const venturi = personNamed('venturi');
const neighbour = personNamed('nom-usage');
const write = paths.messageWrite;
const fit = pdf(['<< /Type /Catalog /Pages 2 0 R >>', ...page]);
const script = pdf([
  '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>',
  ...page,
]);

/** Two people with accounts, whose caisses read what they write. */
async function opened(t: { after(close: () => void): void }) {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await openAccountOf(site, neighbour, 'voisin@exemple.fr');
  await readMessages(site);
  return { site, visitor: await signedInVisitor(site, venturi) };
}

async function sentOf({ services: { db, keyring } }: TestApp, nir = venturi.line.nir) {
  return listMessages(db, keyring, personKeys(keyring, nir));
}

async function draftsOf({ services: { db, keyring, clock } }: TestApp, nir = venturi.line.nir) {
  return listDrafts(db, keyring, personKeys(keyring, nir), clock.now());
}

const words = { sujet: 'remboursement', texte: 'Bonjour,\r\n\r\nJe n’ai pas reçu 30 €.\r\nMerci.' };

async function begin(visitor: Visitor): Promise<{ message: string }> {
  return { message: messageIn(await visitor.get(write)) };
}

test('somebody adds two files, removes one, sends, is answered, reads it and answers again', async (t) => {
  const { site, visitor } = await opened(t);
  const { services, clock } = site;
  const { db } = services;
  assert.match((await visitor.get(paths.messages)).html, /Vous n’avez aucun message/);
  const message = await begin(visitor);
  const first = await visitor.upload(
    write,
    { ...message, ...words },
    [{ name: 'C:\\RIB été.pdf', bytes: fit }],
    {
      last: { ajouter: 'oui' },
    },
  );
  assert.equal(first.status, 200, first.html);
  assert.match(first.html, /RIB été\.pdf \(PDF, 1\u00a0Ko\)/);
  assert.match(first.html, /pas reçu 30 €/);
  clock.advance(1_000);
  const second = await visitor.upload(
    write,
    { ...message, ...words },
    [{ name: 'b.jpg', bytes: jpeg(9, 9) }],
    {
      last: { ajouter: 'oui' },
    },
  );
  const [kept, other] = await draftsOf(site);
  assert.ok(kept && other && second.status === 200);
  await visitor.upload(write, { ...message, ...words, retirer: other.id }, []);
  assert.deepEqual(
    (await draftsOf(site)).map(({ title }) => title),
    ['RIB été.pdf'],
  );
  assert.equal(messageIn(await visitor.get(write)), message.message, 'they are found again on the page');

  const sent = await visitor.upload(write, { ...message, ...words, envoyer: 'oui' }, []);
  assert.equal(sent.status, 303, sent.html);
  const threadPath = sent.location ?? '';
  const shown = await visitor.get(threadPath);
  assert.match(shown.html, /Votre message est envoyé/);
  assert.match(shown.html, /Un remboursement[\s\S]*CPAM des essais[\s\S]*Merci\.[\s\S]*RIB été\.pdf/);
  assert.match(shown.html, /Envoyé<\/strong>[^<]*Réponse au plus tard le/);
  assert.deepEqual(await draftsOf(site), []);
  const file = /href="([^"]+\/pieces\/[^"]+)"/.exec(shown.html)?.[1] ?? '';
  const saved = await visitor.get(file);
  assert.equal(saved.headers['content-type'], 'application/pdf');
  assert.match(String(saved.headers['content-disposition']), /^attachment; filename="piece-jointe\.pdf"$/);
  assert.equal(saved.headers['cache-control'], 'no-store');

  const thread = threadPath.split('/').at(-1) ?? '';
  const [{ sender: code = '' } = {}] = await sentOf(site);
  const sender = await findSender(db, code);
  assert.ok(sender);
  clock.advance(86_400_000);
  const answer = {
    subject: 'Un remboursement',
    text: 'Bonjour.\n\nIl part demain.',
    thread,
    attachments: [],
  };
  const item = { kind: 'message', id: 'r1', nir: venturi.line.nir, message: answer } as const;
  assert.equal((await deposit(services, sender, item, clock.now())).kind, 'accepted');
  const later = await signedInVisitor(site, venturi);
  assert.match((await later.get(paths.messages)).html, /Nouveau<\/strong>[\s\S]*1 message non lu/);
  const read = await later.get(threadPath);
  assert.match(read.html, /Nouveau<\/strong>[\s\S]*Il part demain\./);
  assert.match((await later.get(threadPath)).html, /Répondu/);
  assert.doesNotMatch((await later.get(paths.messages)).html, /non lu/);
  clock.advance(1_000);
  const again = await later.upload(threadPath, { message: messageIn(read), texte: 'Merci !' }, [], {
    last: { envoyer: 'oui' },
  });
  assert.equal(again.status, 303, again.html);
  assert.deepEqual(
    (await sentOf(site)).map(({ direction, state, threadId }) => [direction, state, threadId === thread]),
    [
      ['sent', 'waiting', true],
      ['received', null, true],
      ['sent', 'answered', true],
    ],
  );
  const trail = await db
    .selectFrom('audit_event')
    .select('kind')
    .where('kind', 'like', 'message-%')
    .execute();
  assert.deepEqual(trail.map(({ kind }) => kind).sort(), ['message-read', 'message-sent', 'message-sent']);
});

test('what is unfit is refused with its reason, and what was typed stays', async (t) => {
  const { site, visitor } = await opened(t);
  const message = await begin(visitor);
  const add = (files: { name: string; bytes: Buffer }[]) =>
    visitor.upload(write, { ...message, ...words }, files, { last: { ajouter: 'oui' } });
  const none = await add([]);
  assert.equal(none.status, 422);
  assert.match(none.html, /Choisissez d’abord un document/);
  const cases: readonly (readonly [string, Buffer, RegExp])[] = [
    [
      'carte.pdf',
      Buffer.from('<html>'),
      /«\u00a0carte\.pdf\u00a0» n’est pas ajouté\u00a0: ce n’est ni un PDF/,
    ],
    ['a.pdf', script, /ce PDF contient un programme/],
    [
      'grand.pdf',
      Buffer.concat([fit, Buffer.alloc(10 * 1024 * 1024 + 1 - fit.length)]),
      /il dépasse 10\u00a0Mo/,
    ],
    ['', Buffer.alloc(0), /Choisissez d’abord/],
    ['vide.pdf', Buffer.alloc(0), /le fichier est vide/],
  ];
  for (const [name, bytes, expected] of cases) {
    const refused = await add([{ name, bytes }]);
    assert.equal(refused.status, 422, name);
    assert.match(refused.html, expected);
    assert.match(refused.html, /Merci\./, 'what was typed is there');
    assert.match(refused.html, /value="remboursement" checked/);
  }
  assert.deepEqual(await draftsOf(site), []);
  const { count } = await site.services.db
    .selectFrom('document_part')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  assert.equal(Number(count), 0, 'nothing is left of them');

  const six = Array.from({ length: 6 }, (_, n) => ({ name: `${n}.jpg`, bytes: jpeg(10, 10 + n) }));
  const full = await add(six);
  assert.equal(full.status, 422);
  assert.match(full.html, /5\.jpg\u00a0» n’est pas ajouté\u00a0: vous avez déjà ajouté 5/);
  assert.equal((await draftsOf(site)).length, 5);
  const sixth = await add([{ name: 'x.jpg', bytes: jpeg(99, 99) }]);
  assert.match(sixth.html, /vous avez déjà ajouté 5/);
  const repeated = await visitor.upload(write, { ...message, ...words, envoyer: 'oui' }, [
    { name: 'x.jpg', bytes: jpeg(99, 99) },
  ]);
  assert.equal(repeated.status, 422, 'a message does not leave without a file that its person chose');
  assert.deepEqual(await sentOf(site), []);
  const empty = await visitor.upload(write, { ...message, sujet: '', texte: ' \n ', envoyer: 'oui' }, []);
  assert.equal(empty.status, 422);
  assert.match(empty.html, /Choisissez de quoi il s’agit[\s\S]*Écrivez votre message/);
  const long = await visitor.upload(write, { ...message, ...words, texte: 'é'.repeat(5_001) }, []);
  assert.match(long.html, /trop long de 1 caractère/);

  site.clock.advance(86_400_001);
  await runHousekeeping(site.services);
  const { rows } = await site.services.db
    .selectFrom('document_part')
    .select(({ fn }) => fn.countAll<string>().as('rows'))
    .executeTakeFirstOrThrow();
  assert.equal(Number(rows), 0, 'after a day, nothing is left of what was not sent');
});

test('nobody reads or removes what is another person’s', async (t) => {
  const { site, visitor } = await opened(t);
  const message = await begin(visitor);
  const chosen = [{ name: 'a.pdf', bytes: fit }];
  const sent = await visitor.upload(write, { ...message, ...words }, chosen, { last: { envoyer: 'oui' } });
  const next = await begin(visitor);
  await visitor.upload(write, { ...next, ...words }, chosen, { last: { ajouter: 'oui' } });
  const [draft] = await draftsOf(site);
  assert.ok(draft && sent.location);
  const file = /href="([^"]+\/pieces\/[^"]+)"/.exec((await visitor.get(sent.location)).html)?.[1] ?? '';

  const stranger = await signedInVisitor(site, neighbour);
  for (const path of [sent.location, file, withParameters(paths.messageThread, { id: 'x' })])
    assert.equal((await stranger.get(path)).status, 404, path);
  const own = await begin(stranger);
  assert.notEqual(own.message, next.message);
  const removing = await stranger.upload(write, { ...own, retirer: draft.id }, []);
  assert.doesNotMatch(removing.html, /a\.pdf/);
  const taken = await stranger.upload(write, { ...next, ...words }, [], { last: { envoyer: 'oui' } });
  assert.equal(taken.status, 303, 'the id of another person’s message is only an id');
  assert.doesNotMatch((await stranger.get(taken.location ?? '')).html, /a\.pdf/);
  const answer = await stranger.upload(sent.location, { message: own.message, texte: 'x' }, []);
  assert.equal(answer.status, 404);
  assert.equal((await draftsOf(site)).length, 1);
  assert.equal((await sentOf(site)).length, 1);
});

test('a file added under the id of a message that was sent is no file of that message', async (t) => {
  const { site, visitor } = await opened(t);
  const { db, keyring } = site.services;
  const keys = personKeys(keyring, venturi.line.nir);
  const message = await begin(visitor);
  const sent = await visitor.upload(write, { ...message, ...words, envoyer: 'oui' }, []);
  const adding = { last: { ajouter: 'oui' } };
  await visitor.upload(write, { ...message, ...words }, [{ name: 'tard.pdf', bytes: fit }], adding);
  const [draft] = await draftsOf(site);
  assert.equal(draft?.messageId, message.message);
  // Its person may send it later, from the tab to which it was added.
  assert.deepEqual(
    await listAttachments(db, keyring, keys, [message.message]),
    [],
    'its sender has not sent it',
  );
  assert.equal(await findDocument(db, keyring, keys, draft.id), null);
  assert.doesNotMatch((await visitor.get(sent.location ?? '')).html, /\/pieces\//);
});

test('a message sent twice arrives once; another one under the same id arrives too', async (t) => {
  const { site, visitor } = await opened(t);
  const message = await begin(visitor);
  const send = (texte: string) => visitor.upload(write, { ...message, ...words, texte, envoyer: 'oui' }, []);
  const [one, two] = await Promise.all([send('Bonjour'), send('Bonjour')]);
  assert.deepEqual([one.status, one.location], [303, two.location]);
  const other = await send('Autre chose');
  assert.notEqual(other.location, one.location);
  assert.equal((await sentOf(site)).length, 2);
  for (let n = 0; n < 17; n += 1) await send(`Encore ${n}`);
  const blocked = await send('Encore une fois');
  assert.equal(blocked.status, 429);
  assert.match(blocked.html, /Encore une fois<\/textarea>/, 'what was typed stays');
});

test('a form of another site, of another person or of nobody stores nothing', async (t) => {
  const { site, visitor } = await opened(t);
  const message = await begin(visitor);
  const chosen = [{ name: 'a.pdf', bytes: fit }];
  const then = { ajouter: 'oui' };
  const without = await visitor.upload(write, { ...message, ...words }, chosen, { csrf: '', last: then });
  assert.equal(without.status, 403);
  assert.doesNotMatch(without.html, /Merci\./);
  assert.deepEqual(await draftsOf(site), []);

  const { csrf } = visitor;
  await visitor.get(write);
  const stranger = await signedInVisitor(site, neighbour);
  await stranger.get(write);
  for (const [name, value] of stranger.cookies) if (name !== 'csrf') visitor.cookies.set(name, value);
  const mixed = await visitor.upload(write, { ...message, ...words }, chosen, { csrf, last: then });
  assert.equal(mixed.status, 409, 'it was shown for somebody else');
  assert.deepEqual([...(await draftsOf(site)), ...(await draftsOf(site, neighbour.line.nir))], []);

  const again = await signedInVisitor(site, venturi);
  const fields = { ...(await begin(again)), ...words };
  site.clock.advance(3 * 3_600_000);
  const late = await again.upload(write, fields, chosen, { last: { envoyer: 'oui' } });
  assert.equal(late.location, paths.signIn);
  assert.deepEqual(await draftsOf(site), []);
  assert.deepEqual(await sentOf(site), []);
  const usual = await again.upload(paths.signIn, { nir: venturi.line.nir }, chosen);
  assert.equal(usual.status, 415, 'other forms carry no files');
});

test('where nobody reads messages, the page offers other ways instead of a form', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = await signedInVisitor(site, venturi);
  const page = await visitor.get(write);
  assert.equal(page.status, 200);
  assert.match(page.html, /Vous ne pouvez pas encore écrire à votre caisse ici[\s\S]*href="tel:/);
  assert.doesNotMatch(page.html, /<textarea/);
});

test('what a second tab sends takes along what was added since, and says so where the first took all', async (t) => {
  const { site, visitor } = await opened(t);
  const { db, keyring } = site.services;
  const keys = personKeys(keyring, venturi.line.nir);
  const message = await begin(visitor);
  const file = (name: string, width: number) => [{ name, bytes: jpeg(width, 9) }];
  const send = (texte: string, files: { name: string; bytes: Buffer }[] = []) =>
    visitor.upload(write, { ...message, ...words, texte }, files, { last: { envoyer: 'oui' } });
  assert.equal((await send('Premier', file('a.jpg', 5))).status, 303);
  const without = await send('Deuxième');
  assert.equal(without.status, 422);
  assert.match(without.html, /Un autre message est parti avant celui-ci/);
  assert.equal((await sentOf(site)).length, 1);
  assert.notEqual(messageIn(without), message.message);
  const anew = { message: messageIn(without) };
  const sent = await visitor.upload(write, { ...anew, ...words, envoyer: 'oui' }, []);
  assert.equal(sent.status, 303);
  const more = await send('Troisième', file('b.jpg', 6));
  assert.equal(more.status, 303, more.html);
  assert.match((await visitor.get(more.location ?? '')).html, /b\.jpg/);
  const ids = (await sentOf(site)).map(({ id }) => id);
  const titles = (await listAttachments(db, keyring, keys, ids)).map(({ title }) => title);
  assert.deepEqual([ids.length, titles.sort()], [3, ['a.jpg', 'b.jpg']]);
});

test('an id that was not made for a person is none of their messages, no matter who made it', async (t) => {
  const { site, visitor } = await opened(t);
  const victims = await begin(visitor);
  const stranger = await signedInVisitor(site, neighbour);
  const made = '4f9f9f0a-97a2-4b6c-8f52-1f1c5f5a2d10';
  for (const message of [victims.message, made, victims.message.toUpperCase(), '', 'x'.repeat(500)]) {
    const chosen = [{ name: 'a.pdf', bytes: fit }];
    await stranger.upload(write, { message, ...words }, chosen, { last: { ajouter: 'oui' } });
    assert.deepEqual(await draftsOf(site, neighbour.line.nir), [], message);
    const sent = await stranger.upload(write, { message, ...words, envoyer: 'oui' }, []);
    assert.equal(sent.status, 303, message);
    site.clock.advance(1_000);
  }
  const ids = (await sentOf(site, neighbour.line.nir)).map(({ id }) => id);
  assert.equal(new Set(ids).size, 5);
  assert.ok(!ids.includes(victims.message) && !ids.includes(made));
});
