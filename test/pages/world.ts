import type { TestContext } from 'node:test';
import { demoPaths } from '#src/demo/demo.ts';
import { registerDemo } from '#src/demo/pages.ts';
import { demoPersons } from '#src/fictitious/demo-register.ts';
import { personNamed } from '#src/fictitious/people.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { loadPolicy } from '#src/policy/load.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { DemoHints } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';
import { type ScriptedFranceConnect, scriptedFranceConnect } from '../franceconnect/scripted.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { type Seen, Visitor } from '../visitor.ts';

/** One page in one state, as somebody came to see it. */
export interface State {
  readonly name: string;
  /** The status that was expected, the one that came is in `seen`. */
  readonly status: number;
  readonly seen: Seen;
}

export interface World extends TestApp {
  readonly language: Language;
  readonly franceConnect: ScriptedFranceConnect;
  /** A new browser, with an address of its own, that requests the world’s language. */
  visitor(): Visitor;
  /** A person who can enrol with the card and whom no other state uses. */
  someone(): NamedPerson;
}

export type Story = (world: World) => AsyncGenerator<State, void>;

export function state(name: string, status: number, seen: Seen): State {
  return { name, status, seen };
}

/** People who can enrol with the card, each for one state. */
const eligible = (
  'isere loire solidarite-numerique nom-usage nom-usage-double nom-compose nom-particule nom-accents ' +
  'corse-2a corse-2b corse-avant-1976 ne-etranger ne-outre-mer mois-20 mois-31 mois-62 jumelle-aline iban-lettre ' +
  'jumelle-elise homonyme-bourges homonyme-tours courriels-connus'
).split(' ');

/** Nothing is unread. */
const read = { count: () => 0, isNew: () => false, opened: () => {} };
const trays = {
  email: { path: demoPaths.mails, unread: 2 },
  sms: { path: demoPaths.sms, unread: 1 },
  letter: { path: demoPaths.letters, unread: 1 },
};

/** The usual policy, but for a sixth of the requests of one address: to be refused one takes no thousand requests. */
export function fewRequests(): Policy {
  const usual = loadPolicy('ameli-2025');
  return { ...usual, limits: { ...usual.limits, requestsPerAddress: { max: 100, perSeconds: 300 } } };
}

/** The site as the demo serves it, in one language. */
export async function openWorld(
  t: Pick<TestContext, 'after'>,
  language: Language,
  policy = loadPolicy('ameli-2025'),
): Promise<World> {
  const franceConnect = scriptedFranceConnect();
  const site = await testApp(t, undefined, { franceConnect, policy });
  const { app, services, clock } = site;
  const demo: DemoHints = {
    ...({ kind: 'demo', home: '/demo' } as const),
    ...{ trays: () => trays, person: () => null, refuses: () => [], praise: () => null, note: () => {} },
  };
  Object.assign(services, { demo });
  registerDemo(app, {
    people: demoPersons({ generated: 60 }),
    mails: { list: async () => mails, find: async (id) => mails.find((mail) => mail.id === id) ?? null },
    sms: { list: () => sms },
    letters: { list: () => letters, file: async () => null },
    clock: { ...clock, move: () => ({ kind: 'refused', reason: 'too-far' }) },
    simulatorUrl: 'http://127.0.0.1:3001',
    context: services,
    visitors: null,
    unread: { email: read, sms: read, letter: read },
    onClockMoved: async () => {},
  });
  const free = eligible.map(personNamed);
  let visitors = 0;
  return {
    ...site,
    franceConnect,
    language,
    visitor: () => {
      visitors += 1;
      const address = `192.0.2.${visitors}`;
      return new Visitor(app, { 'accept-language': language, 'x-forwarded-for': address });
    },
    someone: () => {
      const person = free.shift();
      if (!person) throw new Error('Every person is used: name more of them');
      return person;
    },
  };
}

const sms = [
  {
    id: '00000001',
    date: '2026-03-02T09:05:00.000Z',
    a: '+33639980001',
    texte: 'compte ameli : votre code est 04215678. Ne le donnez à personne, pas même au 3646.',
    code: '04215678',
  },
];

const letters = [
  {
    id: '3f2a91c4-0000-4000-8000-000000000001',
    date: '2026-03-02T09:05:00.000Z',
    destinataire: 'Camille VENTURI, 4 rue des Inventions, 63000 CLERMONT-FERRAND',
    pdf: '/demo/courriers/3f2a91c4-0000-4000-8000-000000000001.pdf',
    code: 'K7M2P9XQT4',
    documents: ['/demo/courriers/3f2a91c4-0000-4000-8000-000000000001-enclosure-01.pdf'],
  },
];

const mails = [
  {
    id: '00000001-aaaa',
    date: '2026-03-02T09:05:00.000Z',
    de: 'Votre Assurance Maladie <ne-pas-repondre@demo.invalid>',
    a: 'camille@exemple.fr',
    sujet: 'Activation de votre compte ameli',
    texte: 'Bonjour,\n\nhttp://localhost:3000/validation-email/f\n\n04215678\n',
    html: '<!DOCTYPE html><html lang="fr"><head><title>x</title></head><body><p>Bonjour</p></body></html>',
    liens: ['http://localhost:3000/validation-email/f'],
    code: '04215678',
  },
];
