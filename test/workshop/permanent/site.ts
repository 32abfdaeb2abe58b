import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWorkshopConfiguration } from '#src/config/safety/workshop.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { openLog } from '#src/log/log.ts';
import { systemClock } from '#src/time/clock.ts';
import { openWorkshop, type Workshop } from '#src/workshop/open.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { freePort } from '../../../scripts/free-port.ts';
import { type Ran, runCommand } from '../../setting/command-line.ts';
import type { Closing } from '../../setting/database.ts';
import { ProxiedBrowser } from './proxied.ts';

export const publicUrl = 'https://atelier.example.fr';

/** A permanent site, behind a proxy that speaks https. */
export interface PermanentSite {
  readonly log: readonly string[];
  /** Somebody’s browser, at an address of theirs. */
  browser(ip?: string, cookies?: Readonly<Record<string, string>>): ProxiedBrowser;
  /** What its operator types: `compte atelier …`, while it runs. */
  operator(...args: readonly string[]): Promise<Ran>;
  /** The link that the operator’s command prints for somebody new. */
  invite(name: string): Promise<string>;
  restart(): Promise<void>;
}

/** Opens a site with cheap hashes. */
export async function openSite(
  t: Closing,
  settings: Readonly<Record<string, string>> = {},
): Promise<PermanentSite> {
  const folder = await mkdtemp(join(tmpdir(), 'compte-site-'));
  const port = await freePort();
  const log: string[] = [];
  let workshop: Workshop | null = null;
  t.after(async () => {
    await workshop?.close();
    await rm(folder, { recursive: true, force: true });
  });
  const env = {
    ...{ DATA_DIR: folder, PORT: String(port), ATELIER_PUBLIC_URL: publicUrl },
    ...{ HASH_MEMORY_KIB: '1024', HASH_PASSES: '1', HASH_MAX_WAIT_MS: '20000', SHUTDOWN_SECONDS: '120' },
    ...settings,
  };
  const open = async (): Promise<Workshop> => {
    const decision = loadWorkshopConfiguration(env, systemRandom);
    assert.ok(decision.ok, decision.ok ? '' : decision.problems.join());
    return openWorkshop({
      ...decision,
      log: openLog({ level: 'info', clock: systemClock, write: (line) => log.push(line) }),
      abandoned: new AbortController().signal,
      patienceMs: 60_000,
    });
  };
  workshop = await open();
  const operator = (...args: readonly string[]) => runCommand(['atelier', ...args], env);
  let people = 0;
  return {
    log,
    browser: (ip, cookies = {}) => {
      people += 1;
      return new ProxiedBrowser(port, publicUrl, ip ?? `203.0.113.${people}`, cookies);
    },
    operator,
    invite: async (name) => linkIn(await operator('invite', '--name', name)),
    restart: async () => {
      await workshop?.close();
      workshop = await open();
    },
  };
}

/** The path of the link that a command printed. */
export function linkIn({ code, out, err }: Ran): string {
  assert.equal(code, 0, err);
  const link = /^https:\/\/atelier\.example\.fr(\/atelier\/formateur\/invitation\/\S{43})$/m.exec(out)?.[1];
  assert.ok(link, out);
  return link;
}

export const passphrase = 'tuile girafe samovar';

/** Somebody who was invited opens their account. */
export async function accept(browser: ProxiedBrowser, link: string): Promise<void> {
  await browser.get(link);
  const opened = await browser.post(link, { motDePasse: passphrase, confirmation: passphrase });
  assert.equal(opened.location, workshopPaths.classes, opened.html);
}

/** A trainer prepares a class: its board, and the code that opens it. */
export async function prepareOn(
  trainer: ProxiedBrowser,
  name: string,
): Promise<{ readonly board: string; readonly code: string }> {
  const prepared = await askFor(trainer, name);
  assert.equal(prepared.status, 303, prepared.html);
  const board = prepared.location ?? '';
  const code = /<strong[^>]*>([\dA-Z]{5})<\/strong>/.exec((await trainer.get(board)).html)?.[1];
  assert.ok(code);
  return { board, code };
}

/** The same, whatever the site answers. */
export async function askFor(trainer: ProxiedBrowser, nom: string, places = '2') {
  await trainer.get(workshopPaths.classes);
  return trainer.post(workshopPaths.classes, {
    ...{ nom, places, scenario: 'premiers-pas-carte-vitale' },
    ...{ niveau: 'debutant', politique: 'ameli-2025', langue: 'fr' },
  });
}
