import assert from 'node:assert/strict';
import { deposit } from '#src/depot/deposit.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import type { Beneficiary, Rights } from '#src/rights/rights.ts';
import { addingSender, type Sender } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';
import { caisse } from '../depot/senders.ts';
import type { TestApp } from '../setting/application.ts';

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
