import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'undici';
import { paths } from '#src/paths.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { type Answer, type Browser, openBrowser } from './browser.ts';
import { password } from './journey.ts';

/** Milliseconds of each request, by name, and what came back that nobody expected. */
export interface Seen {
  readonly ms: Map<string, number[]>;
  readonly unexpected: string[];
}

/** A trainer with a class. */
export interface BenchClass {
  readonly code: string;
  readonly board: string;
  readonly trainer: Browser;
}

/** A trainer who has typed the code. */
export async function enter(pool: Pool, host: string, pin: string): Promise<Browser> {
  const trainer = openBrowser(pool, { host, ip: () => '127.0.0.1', scheme: 'http' });
  await trainer.get(workshopPaths.trainer);
  await trainer.post(workshopPaths.trainer, { pin });
  return trainer;
}

export async function prepare(trainer: Browser, seats: number, name: string): Promise<BenchClass> {
  await trainer.get(workshopPaths.classes);
  const { location, status } = await trainer.post(workshopPaths.classes, {
    nom: name,
    scenario: 'premiers-pas-carte-vitale',
    niveau: 'debutant',
    politique: 'ameli-2025',
    places: String(seats),
    langue: 'fr',
  });
  if (location === null) throw new Error(`A class was not prepared: ${status}`);
  const page = (await trainer.get(location)).text();
  const code = /<strong[^>]*>([\dA-Z]{5})<\/strong>/.exec(page)?.[1];
  if (code === undefined) throw new Error('A board shows no code');
  return { code, board: location, trainer };
}

/** Follows a board or a projector until `over`; answers how many bytes came. */
export async function follow(pool: Pool, { board, trainer }: BenchClass, host: string, over: AbortSignal) {
  let bytes = 0;
  try {
    const { body } = await pool.request({
      method: 'GET',
      path: `${board}/suite`,
      headers: { host, cookie: trainer.cookies() },
      signal: over,
      bodyTimeout: 0,
    });
    for await (const chunk of body) bytes += Buffer.from(chunk).length;
  } catch (error) {
    if (!over.aborted) throw error;
  }
  return bytes;
}

export interface LearnerOptions {
  readonly pool: Pool;
  readonly host: string;
  readonly code: string;
  readonly name: string;
  readonly seen: Seen;
  /** Milliseconds between a page and what is done with it. */
  readonly pause: () => number;
  readonly over: AbortSignal;
}

/** One learner: sits down, opens the account with a mistake on the way, then reads until it is over. */
export async function learn(options: LearnerOptions): Promise<void> {
  const { pool, host, code, name, seen, pause, over } = options;
  const browser = openBrowser(pool, { host, ip: () => '127.0.0.1', scheme: 'http' });
  const rest = () => wait(pause(), undefined, { signal: over });
  const note = (what: string, { ms }: Answer) => {
    const known = seen.ms.get(what) ?? [];
    seen.ms.set(what, known);
    known.push(ms);
  };
  const fail = (what: string, { status, location }: Answer): never => {
    const text = `${what}: ${status} ${location ?? ''}`.trim();
    seen.unexpected.push(text);
    throw new Error(text);
  };
  const see = async (path: string, pattern = path): Promise<string> => {
    const answer = await browser.get(path);
    note(`GET ${pattern}`, answer);
    if (answer.status !== 200) fail(`GET ${pattern}`, answer);
    return answer.text();
  };
  const send = async (path: string, fields: Record<string, string>, to: string | null, pattern = path) => {
    await rest();
    const answer = await browser.post(path, fields);
    note(`POST ${pattern}`, answer);
    if (to === null ? answer.status !== 422 : answer.location !== to) fail(`POST ${pattern}`, answer);
  };
  await see(workshopPaths.join);
  await send(workshopPaths.join, { code, prenom: name }, workshopPaths.seat);
  const desk = await see(workshopPaths.seat);
  const on = (key: string): string =>
    new RegExp(`>${key}</dt><dd[^>]*>(.*?)</dd>`, 's')
      .exec(desk)?.[1]
      ?.replaceAll('\u00a0', ' ')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&') ?? '';
  const [day = '', month = '', year = ''] = on('Date de naissance').split('/');
  const identity = {
    nom: on('Nom'),
    nir: on('Numéro de sécurité sociale'),
    'dateNaissance-jour': day,
    'dateNaissance-mois': month,
    'dateNaissance-annee': year,
    codePostal: /(\d{5}) \p{Lu}/u.exec(desk)?.[1] ?? '',
  };
  await rest();
  await see(paths.home);
  await rest();
  await see(paths.identity);
  await send(paths.identity, { ...identity, nom: '' }, null);
  await see(paths.identity);
  await send(paths.identity, identity, paths.proof);
  await see(paths.proof);
  const iban = on('IBAN').replaceAll(' ', '');
  const proof = { iban7: iban.slice(-7), numeroSerie: on('Numéro de série de la carte') };
  await send(paths.proof, proof, paths.terms);
  await see(paths.terms);
  await send(paths.terms, { accord: 'oui' }, paths.password);
  await see(paths.password);
  await send(paths.password, { motDePasse: password, confirmation: password }, paths.contact);
  await see(paths.contact);
  await send(paths.contact, contactOf(on('Adresse email')), paths.waiting);
  await see(paths.waiting);
  await rest();
  const mail = /href="(\/atelier\/poste\/courriels\/[^"]+)"/.exec(await see(workshopPaths.seatMails))?.[1];
  if (mail === undefined) throw new Error('No mail came within a pause');
  await rest();
  const letter = await see(mail, workshopPaths.seatMail);
  const address = /href="(http[^"]+\/validation-email\/[^"]+)"/.exec(letter)?.[1];
  const link = address && new URL(address).pathname;
  if (link === undefined) throw new Error('A mail has no link');
  await rest();
  await see(link, paths.link);
  await send(link, {}, paths.confirmed, paths.link);
  await see(paths.confirmed);
  await rest();
  await see(paths.signIn);
  await send(paths.signIn, { nir: identity.nir, motDePasse: password }, paths.account);
  for (;;)
    for (const path of [paths.account, workshopPaths.seat, workshopPaths.seatMails, paths.home]) {
      await see(path);
      await rest();
    }
}

function contactOf(email: string): Record<string, string> {
  return {
    email,
    emailConfirmation: email,
    portable: '',
    fixe: '',
    promoEmail: 'non',
    promoPortableTelephone: 'non',
    promoPortableSms: 'non',
    promoFixeTelephone: 'non',
    etudes: 'oui',
  };
}
