import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KyselyPlugin } from 'kysely';
import { listDocuments, readContent } from '#src/archive/store.ts';
import { openKeyring, personKeys } from '#src/crypto/keyring.ts';
import { type DepositOutcome, type DepositServices, deposit, depositAll } from '#src/depot/deposit.ts';
import type { DepositItem } from '#src/depot/item.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { parseItem } from '#src/depot/read-item.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { listMessages } from '#src/messages/store.ts';
import { listPayments } from '#src/payments/store.ts';
import { sumOf } from '#src/reimbursement/shares.ts';
import { findRights } from '#src/rights/store.ts';
import { openAccountOf } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import type { Closing } from '../setting/database.ts';
import { caisse, consultation, paymentItem, rightsOf } from './senders.ts';

const ange = personNamed('venturi');
const { nir } = ange.line;
const other = personNamed('sans-iban').line.nir;
const year = { from: '2025-01-01', until: '2026-12-31' };
const pdf = Buffer.from('%PDF-1.7 nothing else');

interface Depot extends DepositServices {
  readonly site: TestApp;
  readonly keys: readonly Buffer[];
}

/** A service whose judge takes everything but what says so. */
async function depotOf(t: Closing): Promise<Depot> {
  const site = await testApp(t);
  await openDepositMonths(site.services, site.clock.now());
  return {
    ...site.services,
    site,
    keys: personKeys(site.services.keyring, nir),
    judgeFile: async (bytes) =>
      bytes.includes('script')
        ? { kind: 'unfit', reason: 'scripts' }
        : { kind: 'fit', type: bytes.includes('PDF') ? 'application/pdf' : 'image/png' },
  };
}

function code(outcome: DepositOutcome): string {
  return outcome.kind === 'refused' ? `${outcome.field}: ${outcome.code}` : outcome.kind;
}

/** How many rows a refused deposit could have left behind. */
async function counted({ db }: DepositServices) {
  const tables = ['deposit', 'payment', 'rights', 'message', 'document', 'document_part', 'avis'] as const;
  const counts = await Promise.all(
    tables.map(async (table) => {
      const rows = await db.selectFrom(table).select('person_key').execute();
      return [table, rows.length] as const;
    }),
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** A value of JSON with all fields in the opposite order. */
function inAnotherOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inAnotherOrder);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, inner]) => [name, inAnotherOrder(inner)] as const);
  return Object.fromEntries(fields.toReversed());
}

test('a payment is stored once, told to who has an account, and recorded', async (t) => {
  const depot = await depotOf(t);
  await openAccountOf(depot.site, ange, 'venturi@exemple.fr');
  const now = depot.site.clock.now();
  const item = paymentItem(nir, 'P-1', consultation('2026-02-27'));

  const first = await deposit(depot, caisse, item, now);
  assert.equal(first.kind, 'accepted');
  // With the fields in another order: the same content.
  const turned = parseItem(inAnotherOrder(item));
  assert.ok(turned.kind === 'read' && turned.item.kind === 'payment');
  assert.deepEqual(await deposit(depot, caisse, turned.item, now), { ...first, kind: 'repeated' });
  const listed = await listPayments(depot.db, depot.keyring, depot.keys, year);
  assert.deepEqual(
    listed.map(({ paidOn, shares }) => [paidOn, sumOf(shares)]),
    [['2026-02-27', 1900]],
  );
  assert.deepEqual(await counted(depot), { deposit: 1, payment: 1, avis: 1 });
  const avis = await depot.db.selectFrom('avis').select(['due_at', 'members']).execute();
  assert.deepEqual(avis, [{ due_at: new Date(now.getTime() + 300_000), members: [1] }]);
  const events = await depot.db
    .selectFrom('audit_event')
    .select('details')
    .where('kind', '=', 'deposited')
    .execute();
  assert.deepEqual(events, [
    {
      details: {
        kind: 'payment',
        sender: 'caisse-631',
        id: first.kind === 'accepted' && first.id,
        told: true,
      },
    },
  ]);
});

test('a sender that lies is refused, and nothing of it stays', async (t) => {
  const depot = await depotOf(t);
  const now = depot.site.clock.now();
  const payment = consultation('2026-02-27');
  const of = (changed: Partial<typeof payment>) => paymentItem(nir, 'P', { ...payment, ...changed });
  const message = { subject: 'Votre demande', text: 'Bonjour', thread: null, attachments: [] };
  const document = { title: 'Relevé', rank: 1, matters: false, file: pdf };
  const stranger = '00000000-0000-4000-8000-000000000000';
  const cases: readonly (readonly [DepositItem, string])[] = [
    [of({ amount: 2100 }), 'payment.amount: amount'],
    [of({ paidOn: '2026-02-26' }), 'payment.lines.0.caredOn: line-days'],
    // The last day that no page shows.
    [of({ paidOn: '2023-12-31' }), 'payment.paidOn: out-of-window'],
    [of({ paidOn: '2026-03-04' }), 'payment.paidOn: out-of-window'],
    [paymentItem('1000000000000', 'P', payment), 'nir: unknown-person'],
    [paymentItem(nir, 'P', consultation('2026-02-27', 2)), 'payment.lines.0.rank: unknown-rank'],
    [
      { kind: 'rights', id: 'R', nir, rights: rightsOf(other, '2015-05-05') },
      'rights.beneficiaries.0.nir: other-person',
    ],
    [
      { kind: 'message', id: 'M', nir, message: { ...message, thread: stranger } },
      'message.thread: unknown-thread',
    ],
    [{ kind: 'document', id: 'D', nir, document: { ...document, rank: 3 } }, 'document.rank: unknown-rank'],
    [
      { kind: 'document', id: 'D', nir, document: { ...document, file: Buffer.from('PDF script') } },
      'document.file: file-scripts',
    ],
    [
      { kind: 'document', id: 'D', nir, document: { ...document, file: Buffer.from('PNG') } },
      'document.file: file-not-pdf',
    ],
  ];
  for (const [item, refusal] of cases) assert.equal(code(await deposit(depot, caisse, item, now)), refusal);
  const limited = { ...caisse, scopes: ['rights'] } as const;
  assert.equal(code(await deposit(depot, limited, of({}), now)), 'kind: scope');
  assert.deepEqual(await counted(depot), {});
});

test('an id serves for one content: one after the other, together, and at the same moment', async (t) => {
  const depot = await depotOf(t);
  const now = depot.site.clock.now();
  const mine = paymentItem(nir, 'P-1', consultation('2026-02-27'));
  const changed = paymentItem(nir, 'P-1', consultation('2026-02-26'));

  const together = await depositAll(depot, caisse, [mine, { ...mine }, changed], now);
  assert.deepEqual(together.map(code), ['accepted', 'repeated', 'id: other-content']);
  assert.equal(code(await deposit(depot, caisse, changed, now)), 'id: other-content');
  // Of another sender, person or kind, it is another id.
  assert.equal(code(await deposit(depot, { ...caisse, code: 'mutuelle-m' }, changed, now)), 'accepted');
  assert.equal(code(await deposit(depot, caisse, { ...changed, nir: other }, now)), 'accepted');
  const second = paymentItem(nir, 'P-2', consultation('2026-02-20'));
  const third = paymentItem(other, 'P-3', consultation('2026-02-20'));
  const outcomes = await Promise.all([
    depositAll(depot, caisse, [second, third], now),
    depositAll(depot, caisse, [{ ...third }, { ...second }], now),
    deposit(depot, caisse, paymentItem(nir, 'P-2', consultation('2026-02-19')), now),
  ]);
  const ofSecond = [outcomes[0][0], outcomes[1][1], outcomes[2]];
  assert.equal(ofSecond.filter((outcome) => outcome?.kind === 'accepted').length, 1);
  const ofThird = [outcomes[0][1]?.kind, outcomes[1][0]?.kind].sort();
  assert.deepEqual(ofThird, ['accepted', 'repeated']);
  assert.deepEqual(await counted(depot), { deposit: 5, payment: 5 });
});

test('rights make room for a child, whose coming of age makes mails stop, and a dry run changes nothing', async (t) => {
  const depot = await depotOf(t);
  await openAccountOf(depot.site, ange, 'venturi@exemple.fr');
  const now = depot.site.clock.now();
  const child: DepositItem = { kind: 'rights', id: 'R-1', nir, rights: rightsOf(nir, '2015-05-05') };
  const ofChild = paymentItem(nir, 'P-1', consultation('2026-02-27', 2));

  const dry = await depositAll(depot, caisse, [ofChild, child, { ...ofChild }], now, { dryRun: true });
  assert.deepEqual(dry.map(code), ['payment.lines.0.rank: unknown-rank', 'accepted', 'accepted']);
  assert.deepEqual(await counted(depot), {});
  assert.deepEqual((await depositAll(depot, caisse, [child, ofChild], now)).map(code), [
    'accepted',
    'accepted',
  ]);
  const stored = await findRights(depot.db, depot.keyring, depot.keys);
  assert.equal(stored?.beneficiaries.length, 2);
  assert.deepEqual(await counted(depot), { deposit: 2, payment: 1, rights: 1, avis: 1 });

  await depot.db.deleteFrom('avis').execute();
  const adult: DepositItem = { kind: 'rights', id: 'R-2', nir, rights: rightsOf(nir, '2008-03-01') };
  const ofAdult = paymentItem(nir, 'P-2', consultation('2026-02-28', 2));
  await depositAll(depot, caisse, [adult, ofAdult], now);
  assert.deepEqual(await counted(depot), { deposit: 4, payment: 2, rights: 1 });
});

test('a document about another adult is refused, so that its sender deposits it for them', async (t) => {
  const depot = await depotOf(t);
  const now = depot.site.clock.now();
  const rights: DepositItem = { kind: 'rights', id: 'R', nir, rights: rightsOf(nir, '2008-03-01') };
  const about = { title: 'Relevé', matters: false, file: pdf };
  const of = (rank: number): DepositItem => ({
    kind: 'document',
    id: `D-${rank}`,
    nir,
    document: { ...about, rank },
  });
  assert.deepEqual((await depositAll(depot, caisse, [rights, of(1), of(2)], now)).map(code), [
    'accepted',
    'accepted',
    'document.rank: other-adult',
  ]);
  assert.deepEqual(await counted(depot), { deposit: 2, rights: 1, document: 1, document_part: 1 });
});

test('nobody has care before they are born, nor a birth date to come or of another year than their number', async (t) => {
  const depot = await depotOf(t);
  const now = depot.site.clock.now();
  const early = (rank: number, caredOn: string, id: string): DepositItem => {
    const payment = consultation('2026-02-27', rank);
    const lines = payment.lines.map((line) => (line.kind === 'care' ? { ...line, caredOn } : line));
    return paymentItem(nir, id, { ...payment, lines });
  };
  const rights = (id: string, changed: object): DepositItem => {
    const said = rightsOf(nir, '2015-05-05');
    const beneficiaries = said.beneficiaries.map((one) => (one.rank === 2 ? { ...one, ...changed } : one));
    return { kind: 'rights', id, nir, rights: { ...said, beneficiaries } };
  };
  const items = [
    rights('R-1', {}),
    early(1, '1961-12-31', 'P-1'),
    early(2, '2015-05-04', 'P-2'),
    early(2, '2015-05-05', 'P-3'),
    rights('R-2', { birthDate: '2026-03-03' }),
    rights('R-3', { birthDate: '2015-02-30' }),
    // Of age by the number, a child by the date: it would be shown to the insured.
    rights('R-4', { nir: '2950775056012' }),
  ];
  assert.deepEqual((await depositAll(depot, caisse, items, now)).map(code), [
    'accepted',
    'payment.lines.0.caredOn: before-birth',
    'payment.lines.0.caredOn: before-birth',
    'accepted',
    'rights.beneficiaries.1.birthDate: invalid',
    'rights.beneficiaries.1.birthDate: invalid',
    'rights.beneficiaries.1.birthDate: other-birth',
  ]);
});

test('documents and messages come with their files, and answers settle their thread', async (t) => {
  const depot = await depotOf(t);
  const now = depot.site.clock.now();
  const { db, keyring, keys } = depot;
  const document = { title: 'Relevé de février', rank: 1, matters: true, file: Buffer.alloc(500_000, pdf) };
  assert.equal(
    code(await deposit(depot, caisse, { kind: 'document', id: 'D', nir, document }, now)),
    'accepted',
  );
  const [kept] = await listDocuments(db, keyring, keys);
  assert.ok(kept);
  assert.deepEqual([kept.title, kept.matters, kept.sender], ['Relevé de février', true, 'caisse-631']);
  const parts = await Array.fromAsync(readContent(db, keyring, kept));
  assert.ok(Buffer.concat(parts).equals(document.file));

  const attachments = [{ title: 'Formulaire', file: pdf }];
  const message = { subject: 'Votre demande', text: 'Bonjour,\n\nbien reçu.', thread: null, attachments };
  const first = await deposit(depot, caisse, { kind: 'message', id: 'M-1', nir, message }, now);
  assert.equal(first.kind, 'accepted');
  const thread = first.kind === 'accepted' ? first.id : '';
  const more = { ...message, thread, attachments: [] };
  assert.equal(
    code(await deposit(depot, caisse, { kind: 'message', id: 'M-2', nir, message: more }, now)),
    'accepted',
  );
  // Nobody else goes on with it: no other sender, and not in the name of another person.
  const foreign = { kind: 'message', id: 'M-3', nir, message: more } as const;
  const mutuelle = { ...caisse, code: 'mutuelle-m' };
  for (const [sender, item] of [
    [mutuelle, foreign],
    [caisse, { ...foreign, nir: other }],
  ] as const)
    assert.equal(code(await deposit(depot, sender, item, now)), 'message.thread: unknown-thread');
  const messages = await listMessages(db, keyring, keys);
  assert.deepEqual(
    messages.map(({ threadId }) => threadId),
    [thread, thread],
  );
  assert.deepEqual(await counted(depot), { deposit: 3, message: 2, document: 2, document_part: 4 });
});

test('an account that is deleted while a deposit comes leaves the deposit, and nobody to tell', async (t) => {
  const depot = await depotOf(t);
  await openAccountOf(depot.site, ange, 'venturi@exemple.fr');
  /** Deletes the account once it has been read who is told. */
  const deleting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      const isRead = result.rows.some((row) => 'frequency' in row);
      if (isRead) await depot.db.deleteFrom('account').execute();
      return result;
    },
  };
  const item = paymentItem(nir, 'P-1', consultation('2026-02-27'));
  const meanwhile = { ...depot, db: depot.db.withPlugin(deleting) };
  const now = depot.site.clock.now();
  assert.equal(code(await deposit(meanwhile, caisse, item, now)), 'accepted');
  assert.deepEqual(await counted(depot), { deposit: 1, payment: 1 });
});

test('with a new master key, deposits go to the row that the register has, and ids are known again', async (t) => {
  const depot = await depotOf(t);
  await openAccountOf(depot.site, ange, 'venturi@exemple.fr');
  const now = depot.site.clock.now();
  const before = paymentItem(nir, 'P-1', consultation('2026-02-27'));
  const first = await deposit(depot, caisse, before, now);
  const masters = new Map([
    [2, Buffer.alloc(32, 8)],
    [1, Buffer.alloc(32, 7)],
  ]);
  const renewed = { ...depot, keyring: openKeyring(masters) };
  const after = paymentItem(nir, 'P-2', consultation('2026-02-26'));
  const changed = paymentItem(nir, 'P-1', consultation('2026-02-26'));
  const outcomes = await depositAll(renewed, caisse, [before, after, changed], now);
  assert.deepEqual(outcomes.map(code), ['repeated', 'accepted', 'id: other-content']);
  assert.deepEqual(outcomes[0], { ...first, kind: 'repeated' });
  const keys = new Set((await depot.db.selectFrom('payment').select('person_key').execute()).map(hexOf));
  assert.deepEqual([...keys], [depot.keys[0]?.toString('hex')]);
  const avis = await depot.db.selectFrom('avis').select('members').execute();
  assert.deepEqual(avis, [{ members: [1, 1] }]);
});

function hexOf({ person_key: key }: { readonly person_key: Buffer }): string {
  return key.toString('hex');
}
