import assert from 'node:assert/strict';
import fc from 'fast-check';
import { paths, withToken } from '#src/paths.ts';
import { contactOf, goodPassword, identityOf, proofOf } from '../steps.ts';
import type { Seen } from '../visitor.ts';
import { leadsTo, type Model, type ModelBrowser, type ModelPerson, type Place, passTime } from './model.ts';
import type { World } from './world.ts';

type Command = fc.AsyncCommand<Model, World>;

const chosen = { motDePasse: goodPassword, confirmation: goodPassword };
/** Between two things that happen. */
const tickMs = 1_000;
/** Fewer than any limit. */
const mostFailures = 3;

function browserOf(model: Model, index: number): ModelBrowser {
  const browser = model.browsers[index];
  assert.ok(browser);
  return browser;
}

function personOf(model: Model, index: number): ModelPerson {
  const person = model.people[index];
  assert.ok(person);
  return person;
}

function put(model: Model, index: number, place: Place, who = browserOf(model, index).who): void {
  Object.assign(browserOf(model, index), { place, who, usedAt: model.now });
}

interface Sending {
  readonly from: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly to: string;
}

/** Sends a form, and sends it again when its answer was lost: as the button of that page does. */
async function send(world: World, index: number, { from, fields, to }: Sending): Promise<void> {
  await persist(async () => {
    const shown = await world.get(index, from);
    if (shown.status !== 503) assert.equal(shown.status, 200, `${from} leads to ${shown.location}`);
    return shown;
  });
  const answer = await persist(() => world.post(index, from, fields));
  assert.equal(answer.status, 303, `${from}: ${answer.title}`);
  assert.equal(answer.location, to, from);
}

async function persist(ask: () => Promise<Seen>): Promise<Seen> {
  let seen = await ask();
  for (let again = 0; seen.status === 503 && again < 3; again += 1) seen = await ask();
  return seen;
}

/** A form that is refused, and shown again. */
async function refused(world: World, index: number, from: string, fields: Record<string, string>) {
  await world.get(index, from);
  const answer = await world.post(index, from, fields);
  assert.equal(answer.status, 422, `${from}: ${answer.title}`);
}

function command(
  name: string,
  check: (model: Model) => boolean,
  run: (model: Model, world: World) => Promise<void>,
): Command {
  return {
    check,
    toString: () => name,
    async run(model, world) {
      world.tick(tickMs);
      passTime(model, tickMs);
      // The time that has passed may have ended what it was about.
      if (check(model)) await run(model, world);
    },
  };
}

const places: readonly Place[] = ['proof', 'terms', 'password', 'contact'];

function identify(index: number, who: number): Command {
  return command(
    `identify(${index}, ${who})`,
    (model) => browserOf(model, index).place !== 'account',
    async (model, world) => {
      const browser = browserOf(model, index);
      const isSame = browser.who === who && places.includes(browser.place);
      const place = isSame ? browser.place : 'proof';
      const fields = identityOf(world.people[who === 0 ? 0 : 1]);
      const to = isSame ? (leadsTo(browser) ?? paths.contact) : paths.proof;
      await send(world, index, { from: paths.identity, fields, to });
      put(model, index, place, who);
    },
  );
}

function prove(index: number, isRight: boolean): Command {
  return command(
    `${isRight ? 'prove' : 'proveWrongly'}(${index})`,
    (model) => {
      const { place, who } = browserOf(model, index);
      return place === 'proof' && (isRight || personOf(model, who).failures < mostFailures);
    },
    async (model, world) => {
      const { who } = browserOf(model, index);
      const person = personOf(model, who);
      const right = proofOf(world.people[who === 0 ? 0 : 1]);
      if (!isRight) {
        world.lose(null);
        await refused(world, index, paths.proof, { ...right, iban7: '0000000' });
        person.failures += 1;
        put(model, index, 'proof');
      } else if (person.account !== 'active') {
        await send(world, index, { from: paths.proof, fields: right, to: paths.terms });
        put(model, index, 'terms');
        browserOf(model, index).provedAt = model.now;
      } else {
        world.lose(null);
        await send(world, index, { from: paths.proof, fields: right, to: paths.alreadyOpen });
        world.forget(index);
        put(model, index, 'nowhere');
      }
    },
  );
}

function step(index: number, from: 'terms' | 'password', fields: Record<string, string>, to: Place): Command {
  return command(
    `${from}(${index})`,
    (model) => browserOf(model, index).place === from,
    async (model, world) => {
      await send(world, index, {
        from: paths[from],
        fields,
        to: to === 'password' ? paths.password : paths.contact,
      });
      put(model, index, to);
    },
  );
}

function contact(index: number): Command {
  return command(
    `contact(${index})`,
    (model) => browserOf(model, index).place === 'contact',
    async (model, world) => {
      const { who } = browserOf(model, index);
      const person = personOf(model, who);
      const fields = contactOf(`${world.people[who === 0 ? 0 : 1].cle}-${model.now}@exemple.fr`);
      const browser = browserOf(model, index);
      const isReplaced = person.account === 'pending' && person.madeAt < browser.provedAt;
      if (person.account !== 'none' && !isReplaced) {
        world.lose(null);
        await send(world, index, { from: paths.contact, fields, to: paths.waiting });
        world.forget(index);
        put(model, index, 'nowhere');
      } else {
        // A pending account that was made before this proof is replaced, and nobody waits for it any more.
        await send(world, index, { from: paths.contact, fields, to: paths.waiting });
        for (const other of model.browsers)
          if (other.place === 'waiting' && other.who === who) other.place = 'nowhere';
        Object.assign(person, { account: 'pending', madeAt: model.now });
        put(model, index, 'waiting');
      }
    },
  );
}

function confirm(index: number, who: number): Command {
  return command(
    `confirm(${index}, ${who})`,
    (model) => personOf(model, who).account !== 'none',
    async (model, world) => {
      const { cle } = world.people[who === 0 ? 0 : 1];
      const mails = await world.mails();
      const mail = mails.findLast(
        ({ kind, content }) => kind === 'activation' && content.address?.startsWith(`${cle}-`),
      );
      assert.ok(mail, 'a mail with a link');
      const link = withToken(paths.link, mail.content.token ?? '');
      const person = personOf(model, who);
      const shown = await persist(() => world.get(index, link));
      assert.equal(shown.status, 200);
      if (person.account === 'active') return assert.match(shown.html, /déjà confirmée/);
      const answer = await persist(() => world.post(index, link));
      if (answer.location !== paths.confirmed) assert.match(answer.html, /déjà confirmée/);
      person.account = 'active';
    },
  );
}

function signIn(index: number, who: number, isRight: boolean): Command {
  return command(
    `${isRight ? 'signIn' : 'signInWrongly'}(${index}, ${who})`,
    (model) => {
      const { account, failures, wasLate } = personOf(model, who);
      const isFree = browserOf(model, index).place !== 'account';
      const succeeds = isRight && account === 'active';
      const isRefused = account !== 'pending' && !wasLate && failures < mostFailures;
      return isFree && (succeeds || isRefused);
    },
    async (model, world) => {
      const person = personOf(model, who);
      const { line } = world.people[who === 0 ? 0 : 1];
      const motDePasse = isRight ? goodPassword : 'Autre.Chose9';
      const fields = { nir: line.nir, motDePasse };
      if (isRight && person.account === 'active') {
        await send(world, index, { from: paths.signIn, fields, to: paths.account });
        put(model, index, 'account', who);
      } else {
        world.lose(null);
        await refused(world, index, paths.signIn, fields);
        person.failures += 1;
      }
    },
  );
}

function signOut(index: number): Command {
  return command(
    `signOut(${index})`,
    (model) => browserOf(model, index).place === 'account',
    async (model, world) => {
      world.lose(null);
      await world.get(index, paths.account);
      assert.equal((await world.post(index, paths.signOut)).status, 303);
      put(model, index, 'nowhere');
    },
  );
}

/** Every browser is where the model says, and every account is there once. */
function look(): Command {
  return command(
    'look',
    () => true,
    async (model, world) => {
      world.lose(null);
      for (const [index, browser] of model.browsers.entries()) {
        const seen = await world.get(index, paths.contact);
        const expected = leadsTo(browser);
        assert.equal(seen.location, expected, `browser ${index}, ${browser.place}`);
        const account = await world.get(index, paths.account);
        assert.equal(account.status, browser.place === 'account' ? 200 : 303);
        if (browser.place !== 'nowhere') browser.usedAt = model.now;
      }
    },
  );
}

const crash = command(
  'crash',
  () => true,
  (_model, world) => world.crash(),
);

/** What is asked next gets no answer to one of its statements, whether or not it was carried out. */
function loseAnswer(statement: number): Command {
  return command(
    `lose(${statement})`,
    () => true,
    async (_model, world) => world.lose(statement),
  );
}

function jump(name: string, milliseconds: number): Command {
  return command(
    `jump(${name})`,
    ({ jumpsBack }) => milliseconds > 0 || jumpsBack < 2,
    async (model, world) => {
      world.lose(null);
      if (milliseconds < 0) model.jumpsBack += 1;
      await world.jump(milliseconds);
      passTime(model, milliseconds);
    },
  );
}

/** The next step of a browser, whichever that is. */
function goOn(index: number, who: number): Command {
  const next = ({ people, browsers }: Model): Command => {
    const { place, who: own } = browsers[index === 0 ? 0 : 1];
    switch (place) {
      case 'nowhere':
        return people[who === 0 ? 0 : 1].account === 'active'
          ? signIn(index, who, true)
          : identify(index, who);
      case 'proof':
        return prove(index, true);
      case 'terms':
        return step(index, 'terms', { accord: 'oui' }, 'password');
      case 'password':
        return step(index, 'password', chosen, 'contact');
      case 'contact':
        return contact(index);
      case 'waiting':
        return confirm(index, own);
      case 'account':
        return signOut(index);
    }
  };
  return command(
    `goOn(${index}, ${who})`,
    (model) => next(model).check(model) === true,
    (model, world) => next(model).run(model, world),
  );
}

const hour = 3_600_000;
const both = fc.constantFrom(0, 1);
const steps = fc.tuple(both, both).map(([index, who]) => goOn(index, who));
const faults = fc.oneof(
  fc.constant(crash),
  fc.integer({ min: 1, max: 5 }).map(loseAnswer),
  fc.integer({ min: 1, max: 3 }).map(loseAnswer),
);
const others = fc.oneof(
  fc.tuple(both, both).map(([index, who]) => identify(index, who)),
  both.map((index) => prove(index, false)),
  fc.tuple(both, both).map(([index, who]) => confirm(index, who)),
  fc.tuple(both, both, fc.boolean()).map(([index, who, isRight]) => signIn(index, who, isRight)),
);
const jumps = fc.constantFrom(
  jump('20 s', 20_000),
  jump('20 s', 20_000),
  jump('-1 h', -hour),
  jump('4 h', 4 * hour),
  jump('23 days', 23 * 24 * hour),
);

/** What may happen: the steps of the journey far more often than what disturbs them. */
export const journeyCommands: fc.Arbitrary<Command>[] = [
  ...Array.from({ length: 16 }, () => steps),
  ...[faults, faults, faults, faults, others, others, jumps, fc.constant(look())],
];
