import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { depositAll } from '#src/depot/deposit.ts';
import type { DepositItem } from '#src/depot/item.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { personNamed } from '#src/fictitious/people.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import type { Payment } from '#src/reimbursement/payment.ts';
import type { Beneficiary } from '#src/rights/rights.ts';
import type { Services } from '#src/services.ts';
import { caisse } from '../depot/senders.ts';
import { readPdf } from '../documents/other-readers.ts';
import { addSender, familyOf } from '../papers/setting.ts';
import { consultationLine, payment } from '../payments/deposited.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { readMessages } from '../setting/messages.ts';
import type { Visitor } from '../visitor.ts';

/** The insured; the spouse, and a child who comes of age on 3 March 2026, insured with them; the other parent of a small child. */
export const people = {
  owner: personNamed('venturi'),
  spouse: personNamed('nom-usage'),
  grown: personNamed('isere'),
  parent: personNamed('adresse-titulaire'),
} as const;

export interface Family {
  readonly app: FastifyInstance;
  readonly services: Services;
  readonly visitors: Readonly<Record<'owner' | 'spouse' | 'grown' | 'parent', Visitor>>;
  /** Of what the owner and the other parent have. */
  readonly ids: Readonly<
    Record<
      | ('mixed' | 'spousesPayment' | 'document' | 'hidden' | 'thread' | 'file')
      | ('parentsPayment' | 'parentsDocument' | 'parentsThread'),
      string
    >
  >;
}

interface Looked {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** As somebody reads it: of a PDF, its text. */
  readonly text: string;
}

/** What comes back for an address: to a browser with its cookies, or to a program with its token. */
export async function look(app: FastifyInstance, who: Visitor | string | null, url: string): Promise<Looked> {
  const cookies = typeof who === 'string' || !who ? [] : [...who.cookies];
  const answer = await app.inject({
    method: 'GET',
    url,
    headers: {
      host: 'localhost',
      cookie: cookies.map(([name, value]) => `${name}=${value}`).join('; '),
      ...(typeof who === 'string' ? { authorization: `Bearer ${who}` } : {}),
    },
  });
  const { statusCode: status, headers, rawPayload } = answer;
  const isMade = headers['content-type'] === 'application/pdf' && rawPayload.length > 500;
  const text = isMade ? (await readPdf(rawPayload)).text : answer.body;
  return { status, headers, text: `${JSON.stringify(headers)} ${text}` };
}

/** All of them have accounts, and what caisses deposited for them before the birthday; they sign in after it. */
export async function openFamily(t: TestContext): Promise<Family> {
  const site = await testApp(t);
  const { app, services, clock } = site;
  const { owner, spouse, grown, parent } = people;
  await addSender(site);
  for (const [index, one] of [owner, spouse, grown, parent].entries())
    await openAccountOf(site, one, `personne${index}@exemple.fr`);
  await readMessages(site);
  await openDepositMonths(services, clock.now());
  let count = 0;
  const deposits = async (...items: readonly DepositItem[]) => {
    const fit: Services['judgeFile'] = async () => ({ kind: 'fit', type: 'application/pdf' });
    const outcomes = await depositAll({ ...services, judgeFile: fit }, caisse, items, clock.now());
    return outcomes.map((outcome) => {
      assert.ok(outcome.kind === 'accepted', JSON.stringify(outcome));
      return outcome.id;
    });
  };
  const next = ({ line }: NamedPerson) => {
    count += 1;
    return { id: `D-${count}`, nir: line.nir };
  };
  const pays = (of: NamedPerson, ...lines: Payment['lines']): DepositItem => ({
    ...({ kind: 'payment', ...next(of) } as const),
    payment: payment('2026-02-20', lines),
  });
  const act = (label: string, rank: number) => consultationLine('2026-02-10', { label, rank });
  const paper = (of: NamedPerson, title: string, rank = 1): DepositItem => ({
    ...({ kind: 'document', ...next(of) } as const),
    document: { title, rank, matters: true, file: Buffer.from('%PDF-1.7') },
  });
  const writes = (of: NamedPerson, text: string, title: string): DepositItem => ({
    ...({ kind: 'message', ...next(of) } as const),
    message: { subject: text, text, thread: null, attachments: [{ title, file: Buffer.from('%PDF-1.7') }] },
  });
  const rights = (of: NamedPerson, others: readonly Partial<Beneficiary>[]): DepositItem => {
    const { organism, beneficiaries } = familyOf(of);
    const [insured, child] = beneficiaries;
    assert.ok(insured && child);
    const together = others.map((other, index) => ({ ...child, ...other, rank: index + 2 }));
    const all = [insured, ...together];
    return { ...({ kind: 'rights', ...next(of) } as const), rights: { organism, beneficiaries: all } };
  };
  const lise = { givenNames: ['Lise'], birthDate: '2015-05-05', nir: null };
  const [, mixed = '', , spousesPayment = '', , document = '', , hidden = '', thread = ''] = await deposits(
    rights(owner, [
      { givenNames: ['Maxime'], birthDate: '2008-03-03', nir: null },
      { givenNames: ['Camille'], birthDate: spouse.line.birthDate, nir: spouse.line.nir },
      lise,
    ]),
    pays(owner, act('OWNACT', 1), act('GROWNACT', 2), act('SPOUSEACT', 3), act('LISEACT', 4)),
    pays(owner, act('GROWNACT', 2)),
    pays(owner, act('SPOUSEACT', 3)),
    pays(owner, act('LISEACT', 4)),
    paper(owner, 'OWNPAPER'),
    paper(owner, 'LISEPAPER', 4),
    paper(owner, 'GROWNPAPER', 2),
    writes(owner, 'OWNWORD', 'OWNFILE'),
  );
  const [, parentsPayment = '', parentsDocument = '', parentsThread = ''] = await deposits(
    rights(parent, [lise]),
    pays(parent, act('PARENTACT', 2)),
    paper(parent, 'PARENTPAPER', 2),
    writes(parent, 'PARENTWORD', 'PARENTFILE'),
  );
  const file = await services.db
    .selectFrom('document')
    .select('id')
    .where('message_id', '=', thread)
    .executeTakeFirstOrThrow();
  clock.advance(3 * 86_400_000);
  return {
    app,
    services,
    visitors: {
      owner: await signedInVisitor(site, owner),
      spouse: await signedInVisitor(site, spouse),
      grown: await signedInVisitor(site, grown),
      parent: await signedInVisitor(site, parent),
    },
    ids: {
      ...{ mixed, spousesPayment, document, hidden, thread, file: file.id },
      ...{ parentsPayment, parentsDocument, parentsThread },
    },
  };
}
