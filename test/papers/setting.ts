import assert from 'node:assert/strict';
import { storingDocument } from '#src/archive/store.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { deposit } from '#src/depot/deposit.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import type { Beneficiary, Rights } from '#src/rights/rights.ts';
import { addingSender, type Sender } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';
import { caisse } from '../depot/senders.ts';
import type { TestApp } from '../setting/application.ts';
import type { Visitor } from '../visitor.ts';

/** The caisse of these stories, known to the installation. */
export async function addSender({ services, clock }: TestApp, sender: Sender = caisse): Promise<void> {
  await services.db.executeQuery(addingSender(services.db, sender, clock.now()).compile());
}

/** A document from the caisse. Returns its id. */
export async function depositDocument(
  { services, clock }: Pick<TestApp, 'services' | 'clock'>,
  { line }: NamedPerson,
  document: { reference: string; title: string; rank?: number; matters?: boolean; file?: Buffer },
): Promise<string> {
  const { reference, title, rank = 1, matters = false, file = Buffer.from(`%PDF-1.7 ${title}`) } = document;
  const fit: Services['judgeFile'] = async () => ({ kind: 'fit', type: 'application/pdf' });
  const item = { id: reference, nir: line.nir, document: { title, rank, matters, file } };
  const outcome = await deposit(
    { ...services, judgeFile: fit },
    caisse,
    { kind: 'document', ...item },
    clock.now(),
  );
  assert.ok(outcome.kind === 'accepted', JSON.stringify(outcome));
  return outcome.id;
}

/** Unread documents about somebody whom the person may not see, as after a child came of age. Returns the id of the last. */
export async function hideDocuments(
  { services, clock }: Pick<TestApp, 'services' | 'clock'>,
  { line }: NamedPerson,
  count = 1,
): Promise<string> {
  const { db, keyring, random } = services;
  const file = { title: 'Caché', type: 'application/pdf', member: 4_000, sha256: '' } as const;
  const document = { origin: 'sender', sender: caisse.code, messageId: null, about: file } as const;
  const of = { personKey: personKey(keyring, line.nir), matters: true, content: Buffer.from('%PDF') };
  let id = '';
  await db.transaction().execute(async (trx) => {
    for (let one = 0; one < count; one += 1) {
      id = random.uuid();
      for (const write of storingDocument(trx, keyring, random, { ...document, ...of, id }, clock.now()))
        await trx.executeQuery(write.compile());
    }
  });
  return id;
}

/** A person, a child of eleven years and a child who has come of age, as the caisse says. In 2026. */
export function familyOf({ line }: NamedPerson, changes: Partial<Beneficiary> = {}): Rights {
  const { birthName, usageName, givenNames, birthDate, nir } = line;
  const insured: Beneficiary = {
    ...{ rank: 1, birthName, usageName, givenNames: [...givenNames], birthDate, nir },
    ...{ from: '2020-01-01', until: null, doctorDeclared: true, exonerations: [], solidarity: null },
    ...changes,
  };
  const child = { ...insured, usageName: null, exonerations: [], solidarity: null };
  return {
    organism: { regime: '01', caisse: '631', centre: '0000' },
    beneficiaries: [
      insured,
      { ...child, rank: 2, givenNames: ['Lise'], birthDate: '2015-05-05', nir: null },
      { ...child, rank: 3, givenNames: ['Octave'], birthDate: '2006-01-31', nir: null },
    ],
  };
}

export async function depositRights(
  { services, clock }: Pick<TestApp, 'services' | 'clock'>,
  { line }: NamedPerson,
  rights: Rights,
  reference = 'R-1',
): Promise<void> {
  const item = { kind: 'rights', id: reference, nir: line.nir, rights } as const;
  const outcome = await deposit(services, caisse, item, clock.now());
  assert.equal(outcome.kind, 'accepted', JSON.stringify(outcome));
}

/** A form whose answer is a file: its bytes, or what the page says instead. */
export async function postForFile(
  { app }: Pick<TestApp, 'app'>,
  visitor: Visitor,
  url: string,
  fields: Record<string, string | readonly string[]> = {},
): Promise<{ status: number; type: string; file: Buffer; location: string | null }> {
  const sent = new URLSearchParams({ _csrf: visitor.csrf });
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) sent.append(name, String(one));
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: {
      host: 'localhost',
      cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: sent.toString(),
  });
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type']),
    file: answer.rawPayload,
    location: answer.headers.location ?? null,
  };
}

/** The code that is printed on a paper, as somebody copies it. */
export function codeOn(text: string): string {
  const code = /\b[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{3} [0-9A-Z]{3}\b/.exec(
    text.replaceAll(/\s/g, ' '),
  )?.[0];
  assert.ok(code, text);
  return code;
}
