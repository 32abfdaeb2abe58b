import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listDrafts } from '#src/archive/draft.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { openAccountOf, signedInVisitor, signIn } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { page, pdf } from '../setting/made-files.ts';
import { messageIn, readMessages } from '../setting/messages.ts';
import type { Visitor } from '../visitor.ts';

const venturi = personNamed('venturi');
const neighbour = personNamed('nom-usage');
const minute = 60_000;

async function opened(t: { after(close: () => void): void }) {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await openAccountOf(site, neighbour, 'voisin@exemple.fr');
  await readMessages(site);
  return { site, visitor: await signedInVisitor(site, venturi) };
}

/** A letter of about a page, in which no two sentences are the same. */
const letter = Array.from(
  { length: 40 },
  (_, at) => `Le ${at + 1} mars, paiement de ${at * 7 + 23},${10 + at} € à la pharmacie ${at * 31}.`,
).join(' ');

async function write(visitor: Visitor, address: string, texte: string): Promise<string> {
  const message = messageIn(await visitor.get(address));
  const sent = await visitor.upload(address, { message, sujet: 'droits', texte, envoyer: 'oui' }, []);
  assert.equal(sent.status, 303, sent.html);
  return sent.location ?? '';
}

test('a message and an answer outlive the session, and the person comes back to them', async (t) => {
  const { site, visitor } = await opened(t);
  const threads = [
    await write(visitor, paths.messageWrite, 'Un'),
    await write(visitor, paths.messageWrite, 'Deux'),
  ];
  for (const address of [paths.messageWrite, ...threads.slice(0, 1)]) {
    const message = messageIn(await visitor.get(address));
    site.clock.advance(16 * minute);
    const late = await visitor.upload(
      address,
      { message, sujet: 'droits', texte: letter, envoyer: 'oui' },
      [],
    );
    assert.equal(late.location, paths.signIn, address);
    const back = await signIn(visitor, venturi.line.nir);
    assert.equal(back.location, address);
    const again = await visitor.get(address);
    assert.match(again.html, /gardé ce que vous aviez écrit/);
    assert.ok(again.html.includes(letter.slice(0, 200)) && again.html.includes(letter.slice(-200)));
    assert.doesNotMatch(
      (await visitor.get(threads[1] ?? '')).html,
      /gardé ce que/,
      'only where it was written',
    );
    await write(visitor, address, letter);
    assert.equal(visitor.cookies.has('brouillon'), false);
  }
});

test('somebody else at the same device is not led to what was written', async (t) => {
  const { site, visitor } = await opened(t);
  const message = messageIn(await visitor.get(paths.messageWrite));
  site.clock.advance(16 * minute);
  await visitor.upload(paths.messageWrite, { message, texte: 'Bonjour', envoyer: 'oui' }, []);
  assert.ok(visitor.cookies.has('brouillon'));
  assert.equal((await signIn(visitor, neighbour.line.nir)).location, paths.account);
  assert.doesNotMatch((await visitor.get(paths.messageWrite)).html, /Bonjour|gardé ce que/);
});

test('the Enter key neither sends a message nor removes a file', async (t) => {
  const { site, visitor } = await opened(t);
  const { db, keyring, clock } = site.services;
  const message = messageIn(await visitor.get(paths.messageWrite));
  const words = { message, sujet: 'droits', texte: 'Bonjour' };
  const file = { name: 'a.pdf', bytes: pdf(['<< /Type /Catalog /Pages 2 0 R >>', ...page]) };
  const added = await visitor.upload(paths.messageWrite, words, [file], { last: { ajouter: 'oui' } });
  const [first = ''] =
    /<button[^>]*type="submit"[^>]*>/.exec(added.html.slice(added.html.indexOf('multipart'))) ?? [];
  assert.match(first, /name="garder"/, 'browsers press the first button');
  const kept = await visitor.upload(paths.messageWrite, { ...words, garder: 'oui' }, []);
  assert.equal(kept.status, 200);
  assert.match(kept.html, />Bonjour<\/textarea>/);
  assert.equal((await listDrafts(db, keyring, personKeys(keyring, venturi.line.nir), clock.now())).length, 1);
});
