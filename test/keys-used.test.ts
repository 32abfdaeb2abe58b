import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Keyring, openKeyring } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { testApp } from '#test/setting/application.ts';
import { identify, proofOf } from './steps.ts';
import { Visitor } from './visitor.ts';

/** The keyring of `testApp`, which notes each use of a key: a MAC, something sealed or opened. */
function countedKeyring(): { readonly keyring: Keyring; uses(): Record<string, number> } {
  const inner = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));
  let uses: Record<string, number> = {};
  return {
    keyring: {
      ...inner,
      key(version, use) {
        uses[use] = (uses[use] ?? 0) + 1;
        return inner.key(version, use);
      },
    },
    uses() {
      const counted = uses;
      uses = {};
      return counted;
    },
  };
}

const session = { 'session-route-cookie': 1, 'session-cookie': 1, 'session-row': 1, seal: 1 };
/** Of the browser, and of the person. */
const token = { form: 2 };

test('a request uses keys for its session, and for a token where a page has a form', async (t) => {
  const { keyring, uses } = countedKeyring();
  const { app } = await testApp(t, undefined, { keyring });
  const visitor = new Visitor(app);
  const usesOf = async (path: string) => {
    uses();
    assert.equal((await visitor.get(path)).status, 200, path);
    return uses();
  };
  assert.deepEqual(await usesOf(paths.help), {}, 'no form, no session');
  assert.deepEqual(await usesOf(paths.identity), token, 'a form');
  await identify(visitor, personNamed('venturi'));
  assert.deepEqual(await usesOf(paths.proof), { ...session, ...token }, 'a form in a session');

  const sent = await visitor.post(paths.proof, proofOf(personNamed('venturi')));
  assert.equal(sent.location, paths.terms);
  const { form = 0 } = uses();
  // That it is of this browser, and whose form it was.
  assert.equal(form, 2, 'a form that is answered by a redirection makes no token');
});
