import { setTimeout as wait } from 'node:timers/promises';
import { paths, withToken } from '#src/paths.ts';
import type { MailSink } from '../setting/mail-sink.ts';
import type { Traveller } from '../setting/people.ts';
import type { Answer, Browser } from './browser.ts';

/** One request of the journey: `GET /connexion`; `hashes`: a password is computed in it. */
export interface Step {
  readonly name: string;
  readonly hashes: boolean;
}

/** Does a request, and whatever is to be measured around it. */
export type Around = (step: Step, ask: () => Promise<Answer>) => Promise<Answer>;

/** An answer that the journey does not expect there. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
  readonly answer: Answer;
  constructor(step: Step, answer: Answer) {
    super(`${step.name}: ${answer.status} ${answer.location ?? ''}`.trim());
    this.answer = answer;
  }
}

/** The two things one does on a site; both throw `Unexpected` when the answer is not the one expected. */
export interface Walk {
  see(path: string, pattern?: string): Promise<Answer>;
  send(
    path: string,
    fields: Readonly<Record<string, string>>,
    to: string,
    options?: { hashes?: boolean; pattern?: string },
  ): Promise<Answer>;
}

/**
 * `patient`: whoever is told to come back later does, up to five times, after as long as the page asks for.
 */
export function openWalk(browser: Browser, around: Around, { patient = false } = {}): Walk {
  const persist = async (ask: () => Promise<Answer>): Promise<Answer> => {
    let answer = await ask();
    for (let again = 0; patient && again < 5 && answer.retryAfter !== null; again++) {
      await wait(answer.retryAfter * 1000);
      answer = await ask();
    }
    return answer;
  };
  return {
    async see(path, pattern = path) {
      const step = { name: `GET ${pattern}`, hashes: false };
      const answer = await persist(() => around(step, () => browser.get(path)));
      if (answer.status !== 200) throw new Unexpected(step, answer);
      return answer;
    },
    async send(path, fields, to, { hashes = false, pattern = path } = {}) {
      const step = { name: `POST ${pattern}`, hashes };
      const answer = await persist(() => around(step, () => browser.post(path, fields)));
      if (answer.status !== 303 || answer.location !== to) throw new Unexpected(step, answer);
      return answer;
    },
  };
}

const password = 'Brouette.Lune8';

/** From the first page to the form of the password, which stays empty: no request computes a hash. */
export async function beforePassword(walk: Walk, { line }: Traveller): Promise<void> {
  await walk.see(paths.home);
  await walk.send(paths.caisse, { codePostal: line.postalCode }, paths.caisseConfirm);
  await walk.see(paths.caisseConfirm);
  await walk.send(paths.caisseConfirm, { caisse: line.caisse }, paths.home);
  await walk.see(paths.home);
  await walk.see(paths.identity);
  const [year = '', month = '', day = ''] = line.birthDate.split('-');
  const identity = {
    nom: line.birthName,
    nir: line.nir,
    'dateNaissance-jour': day,
    'dateNaissance-mois': month,
    'dateNaissance-annee': year,
    codePostal: line.postalCode,
  };
  await walk.send(paths.identity, identity, paths.proof);
  await walk.see(paths.proof);
  const proof = { iban7: line.iban?.slice(-7) ?? '', numeroSerie: line.card?.serial ?? '' };
  await walk.send(paths.proof, proof, paths.terms);
  await walk.see(paths.terms);
  await walk.send(paths.terms, { accord: 'oui' }, paths.password);
  await walk.see(paths.password);
}

/** From the password to the page that waits for the mail. */
export async function toWaiting(walk: Walk, { email }: Traveller): Promise<void> {
  const chosen = { motDePasse: password, confirmation: password };
  await walk.send(paths.password, chosen, paths.contact, { hashes: true });
  await walk.see(paths.contact);
  const contact = {
    email,
    emailConfirmation: email,
    portable: '06 39 98 00 01',
    fixe: '',
    promoEmail: 'non',
    promoPortableTelephone: 'non',
    promoPortableSms: 'non',
    promoFixeTelephone: 'non',
    etudes: 'oui',
  };
  await walk.send(paths.contact, contact, paths.waiting);
  await walk.see(paths.waiting);
}

/** The link of the mail, looked at and confirmed. */
export async function confirm(walk: Walk, token: string): Promise<void> {
  const link = withToken(paths.link, token);
  await walk.see(link, paths.link);
  await walk.send(link, {}, paths.confirmed, { pattern: paths.link });
  await walk.see(paths.confirmed);
}

export async function signIn(walk: Walk, { line }: Traveller): Promise<void> {
  await walk.see(paths.signIn);
  await walk.send(paths.signIn, { nir: line.nir, motDePasse: password }, paths.account, { hashes: true });
  await walk.see(paths.account);
}

export async function signOut(walk: Walk): Promise<void> {
  await walk.send(paths.signOut, {}, paths.home);
}

/** The whole journey, first page to sign-out; answers the milliseconds spent waiting for the mail. */
export async function wholeJourney(walk: Walk, traveller: Traveller, mails: MailSink): Promise<number> {
  await beforePassword(walk, traveller);
  await toWaiting(walk, traveller);
  const start = performance.now();
  const token = await mails.tokenFor(traveller.email);
  const waited = performance.now() - start;
  await confirm(walk, token);
  await signIn(walk, traveller);
  await signOut(walk);
  return waited;
}
