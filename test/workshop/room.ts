import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadWorkshopConfiguration } from '#src/config/safety/workshop.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { openLog } from '#src/log/log.ts';
import { systemClock } from '#src/time/clock.ts';
import { openWorkshop, type Workshop } from '#src/workshop/open.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { Browser } from '../reliability/browser.ts';
import { type Closing, lastFirst } from '../setting/database.ts';
import { classesFolder } from '../setting/embedded-database.ts';
import { classServer } from './class-server.ts';

/** A room where a workshop runs, on this machine alone. */
export interface Room {
  readonly origin: string;
  readonly pin: string;
  readonly log: readonly string[];
  /** Of the classes. */
  readonly folder: string;
  /** Ends the program and starts it again on the same folder; `meanwhile`: what happens while the laptop is off. */
  restart(meanwhile?: () => void): Promise<void>;
}

interface RoomOptions {
  /** Where classes have their databases: on the server of the tests, if there is one, or in their folders, as on a laptop. */
  readonly databases?: 'in-folders' | 'on-server';
  /** What its folder holds already, by their paths. */
  readonly files?: Readonly<Record<string, string>>;
  /** Others than those of all rooms. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Opens a workshop with cheap hashes: these tests do not measure CPU time. */
export async function openRoom(
  t: Closing,
  { databases = 'on-server', files = {}, settings = {} }: RoomOptions = {},
): Promise<Room> {
  const closing = lastFirst(t);
  const folder = await mkdtemp(join(tmpdir(), 'compte-workshop-'));
  const server = databases === 'on-server' && !settings.DATABASE_URL ? await classServer(closing) : null;
  if (server === null) await cp(await classesFolder(), join(folder, 'atelier'), { recursive: true });
  const kept = server && {
    'atelier/installation.json': JSON.stringify({ installation: server.installation }),
  };
  for (const [path, content] of Object.entries({ ...kept, ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const log: string[] = [];
  let workshop: Workshop | null = null;
  closing.after(async () => {
    await workshop?.close();
    await rm(folder, { recursive: true, force: true });
  });
  const open = async (): Promise<Workshop> => {
    const env = {
      DATA_DIR: folder,
      PORT: '0',
      HASH_MEMORY_KIB: '1024',
      HASH_PASSES: '1',
      HASH_MAX_WAIT_MS: '20000',
      SHUTDOWN_SECONDS: '120',
      ...(server && { DATABASE_URL: server.url }),
      ...settings,
    };
    const decision = loadWorkshopConfiguration({ HOST: '127.0.0.1', ...env }, systemRandom);
    assert.ok(decision.ok);
    return openWorkshop({
      ...decision,
      site: null,
      log: openLog({ level: 'info', clock: systemClock, write: (line) => log.push(line) }),
      abandoned: new AbortController().signal,
      // Classes open slowly on a busy machine: these tests are not about that.
      patienceMs: 60_000,
    });
  };
  workshop = await open();
  return {
    get origin() {
      return new URL(workshop?.url ?? '').origin;
    },
    get pin() {
      return workshop?.pin ?? '';
    },
    log,
    folder: join(folder, 'atelier'),
    restart: async (meanwhile) => {
      await workshop?.close();
      meanwhile?.();
      workshop = await open();
    },
  };
}

/** A trainer who has typed the PIN and prepared a class. */
export async function prepareClass(
  { origin, pin }: Room,
  changes: Readonly<Record<string, string>> = {},
): Promise<{ readonly trainer: Browser; readonly board: string; readonly code: string }> {
  const trainer = new Browser(origin);
  await trainer.get(workshopPaths.trainer);
  assert.equal((await trainer.post(workshopPaths.trainer, { pin })).location, workshopPaths.classes);
  await trainer.get(workshopPaths.classes);
  const prepared = await trainer.post(workshopPaths.classes, {
    nom: 'Médiathèque, mardi',
    scenario: 'premiers-pas-carte-vitale',
    niveau: 'debutant',
    politique: 'ameli-2025',
    places: '3',
    langue: 'fr',
    ...changes,
  });
  assert.equal(prepared.status, 303);
  const board = prepared.location ?? '';
  const code = /<strong[^>]*>([\dA-Z]{5})<\/strong>/.exec((await trainer.get(board)).html)?.[1];
  assert.ok(code);
  return { trainer, board, code };
}

/** Somebody who joins with a code; answers their browser and what their desk says of the person they play. */
export async function takeSeat(
  { origin }: Pick<Room, 'origin'>,
  code: string,
  prenom = '',
): Promise<{ readonly learner: Browser; readonly desk: string }> {
  const learner = new Browser(origin);
  await learner.get(workshopPaths.join);
  const joined = await learner.post(workshopPaths.join, { code, prenom });
  assert.equal(joined.location?.replace(/\?lang=..$/, ''), workshopPaths.seat, joined.html);
  return { learner, desk: (await learner.get(workshopPaths.seat)).html };
}

/** What a desk says under a heading of its lists. */
export function onDesk(desk: string, key: string): string {
  const found = new RegExp(`>${key}</dt><dd[^>]*>(.*?)</dd>`, 's').exec(desk)?.[1];
  assert.ok(found !== undefined, key);
  return found.replaceAll('\u00a0', ' ').replaceAll('&#39;', "'");
}

/** What the person of a desk types on the identity page. */
export function identityOnDesk(desk: string): Record<string, string> {
  const [day = '', month = '', year = ''] = onDesk(desk, 'Date de naissance').split('/');
  return {
    nom: onDesk(desk, 'Nom'),
    nir: onDesk(desk, 'Numéro de sécurité sociale'),
    'dateNaissance-jour': day,
    'dateNaissance-mois': month,
    'dateNaissance-annee': year,
    codePostal: /(\d{5}) \p{Lu}/u.exec(desk)?.[1] ?? '',
  };
}
