import assert from 'node:assert/strict';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { paths } from '#src/paths.ts';
import type { Seen, Visitor } from './visitor.ts';

export const goodPassword = 'Brouette.Lune8';

/** What a person types on the identity page. */
export function identityOf(
  { line }: Pick<NamedPerson, 'line'>,
  changes: Record<string, string> = {},
): Record<string, string> {
  const [year = '', month = '', day = ''] = line.birthDate.split('-');
  return {
    nom: line.birthName,
    nir: line.nir,
    'dateNaissance-jour': day,
    'dateNaissance-mois': month,
    'dateNaissance-annee': year,
    codePostal: line.postalCode,
    ...changes,
  };
}

export function proofOf({ line }: Pick<NamedPerson, 'line'>): Record<string, string> {
  return { iban7: line.iban?.slice(-7) ?? '', numeroSerie: line.card?.serial ?? '' };
}

export function contactOf(email: string): Record<string, string> {
  return {
    email,
    emailConfirmation: email,
    portable: '',
    fixe: '',
    promoEmail: 'non',
    promoPortableTelephone: 'non',
    promoPortableSms: 'non',
    promoFixeTelephone: 'non',
    etudes: 'non',
  };
}

export async function submit(
  visitor: Visitor,
  path: string,
  fields: Record<string, string>,
  to: string,
): Promise<Seen> {
  assert.equal((await visitor.get(path)).status, 200, path);
  const seen = await visitor.post(path, fields);
  assert.equal(seen.status, 303, `${path}: ${seen.title}`);
  assert.equal(seen.location, to);
  return seen;
}

export async function identify(visitor: Visitor, person: Pick<NamedPerson, 'line'>): Promise<void> {
  await submit(visitor, paths.identity, identityOf(person), paths.proof);
}

export async function prove(visitor: Visitor, person: Pick<NamedPerson, 'line'>): Promise<void> {
  await identify(visitor, person);
  await submit(visitor, paths.proof, proofOf(person), paths.terms);
}

export async function agree(visitor: Visitor, person: Pick<NamedPerson, 'line'>): Promise<void> {
  await prove(visitor, person);
  await submit(visitor, paths.terms, { accord: 'oui' }, paths.password);
}

export async function choosePassword(visitor: Visitor, person: Pick<NamedPerson, 'line'>): Promise<void> {
  await agree(visitor, person);
  const fields = { motDePasse: goodPassword, confirmation: goodPassword };
  await submit(visitor, paths.password, fields, paths.contact);
}

/** The whole enrolment, up to waiting for the mail. */
export async function enrol(
  visitor: Visitor,
  person: Pick<NamedPerson, 'line'>,
  email: string,
): Promise<void> {
  await choosePassword(visitor, person);
  await submit(visitor, paths.contact, contactOf(email), paths.waiting);
}
