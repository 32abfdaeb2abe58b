import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { latestMail } from './setting/account.ts';
import { type TestApp, testApp } from './setting/application.ts';
import { sentDuring } from './setting/statements.ts';
import { contactOf, enrol, goodPassword, identityOf, proofOf } from './steps.ts';
import { type Seen, Visitor } from './visitor.ts';

/** A visitor who notes how many SQL statements each page and form sends, `begin` and `commit` included. */
class Counted {
  readonly #visitor: Visitor;
  readonly costs: [page: string, statements: number][] = [];

  constructor({ app }: TestApp) {
    this.#visitor = new Visitor(app);
  }

  /** What nobody counts. */
  async begin(story: (visitor: Visitor) => Promise<unknown>): Promise<void> {
    await story(this.#visitor);
  }

  async get(path: string): Promise<void> {
    await this.#counted(`GET ${patternOf(path)}`, 200, () => this.#visitor.get(path));
  }

  /** The page of a form, then the form. */
  async answer(path: string, fields: Record<string, string> = {}): Promise<void> {
    await this.get(path);
    await this.send(path, fields);
  }

  async send(path: string, fields: Record<string, string> = {}): Promise<void> {
    await this.#counted(`POST ${patternOf(path)}`, 303, () => this.#visitor.post(path, fields));
  }

  async #counted(page: string, status: number, ask: () => Promise<Seen>): Promise<void> {
    const sent = await sentDuring(async () => {
      const seen = await ask();
      assert.equal(seen.status, status, `${page}: ${seen.title}`);
    });
    this.costs.push([page, sent.length]);
  }
}

/** The address of a page without the token of a link. */
function patternOf(path: string): string {
  return path.replace(/\/[\w-]{60,}/, '/:token');
}

test('opening an account by carte Vitale', async (t) => {
  const site = await testApp(t);
  const person = personNamed('venturi');
  const visitor = new Counted(site);
  await visitor.get(paths.home);
  await visitor.answer(paths.identity, identityOf(person));
  await visitor.answer(paths.proof, proofOf(person));
  await visitor.answer(paths.terms, { accord: 'oui' });
  await visitor.answer(paths.password, { motDePasse: goodPassword, confirmation: goodPassword });
  await visitor.answer(paths.contact, contactOf('venturi@exemple.fr'));
  await visitor.get(paths.waiting);
  assert.deepEqual(visitor.costs, [
    [`GET ${paths.home}`, 0],
    [`GET ${paths.identity}`, 0],
    // The person in the register; the attempt; what begins.
    [`POST ${paths.identity}`, 3],
    [`GET ${paths.proof}`, 1],
    [`POST ${paths.proof}`, 4],
    [`GET ${paths.terms}`, 1],
    [`POST ${paths.terms}`, 2],
    [`GET ${paths.password}`, 1],
    [`POST ${paths.password}`, 2],
    [`GET ${paths.contact}`, 1],
    // A transaction of three: the mailbox, the address, all that is stored.
    [`POST ${paths.contact}`, 6],
    [`GET ${paths.waiting}`, 2],
  ]);
  const { token = '' } = await latestMail(site, 'activation');
  const elsewhere = new Counted(site);
  await elsewhere.answer(withToken(paths.link, token));
  await elsewhere.get(paths.confirmed);
  assert.deepEqual(elsewhere.costs, [
    [`GET ${paths.link}`, 1],
    [`POST ${paths.link}`, 2],
    [`GET ${paths.confirmed}`, 0],
  ]);
});

test('the pages that wait for an address to be confirmed', async (t) => {
  const site = await testApp(t);
  const person = personNamed('venturi');
  const visitor = new Counted(site);
  await visitor.begin((browser) => enrol(browser, person, 'venturi@exemple.fr'));
  await visitor.answer(paths.waitingAddress, { email: 'v@exemple.fr', emailConfirmation: 'v@exemple.fr' });
  site.clock.advance(120_000);
  await visitor.send(paths.waitingResend);
  const { code = '' } = await latestMail(site, 'activation');
  await visitor.send(paths.waiting, { code });
  assert.deepEqual(visitor.costs, [
    [`GET ${paths.waitingAddress}`, 1],
    [`POST ${paths.waitingAddress}`, 8],
    // One of them notes that the person was seen, two minutes later.
    [`POST ${paths.waitingResend}`, 9],
    [`POST ${paths.waiting}`, 8],
  ]);
});
