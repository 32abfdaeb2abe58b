import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { shippedReference } from '#src/caisses/reference.ts';
import type { AtelierSite } from '#src/config/atelier/site.ts';
import type { Config, Secrets } from '#src/config/config.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { lockFolder } from '#src/database/lock-folder.ts';
import type { Log } from '#src/log/log.ts';
import { openEvents } from '#src/operations/events.ts';
import { openMetrics } from '#src/operations/metrics.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { openThreads } from '#src/serve/threads.ts';
import { systemClock } from '#src/time/clock.ts';
import type { WebContext } from '#src/web/site.ts';
import { type Classes, openClasses } from '#src/workshop/classes/classes.ts';
import type { Quotas } from '#src/workshop/classes/quotas.ts';
import { openScenarios } from '#src/workshop/classes/scenarios.ts';
import { type ClassDatabases, openEmbeddedDatabases } from '#src/workshop/databases/class-databases.ts';
import { openServerDatabases } from '#src/workshop/databases/server-databases.ts';
import { type OpenedEntrance, openPinEntrance, openSiteEntrance } from '#src/workshop/door/open-entrance.ts';
import { openGateway } from '#src/workshop/network/gateway.ts';
import { reachBySite, reachOnNetwork } from '#src/workshop/network/reach.ts';
import { openServer } from '#src/workshop/network/server.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { buildWorkshopSite } from '#src/workshop/site.ts';
import { openTemplatesOfAll } from '#src/workshop/templates/templates.ts';

export interface WorkshopOptions {
  readonly config: Config;
  /** Null: a laptop, with one trainer. */
  readonly site: AtelierSite | null;
  /** `databaseUrl`: of the server on which each class has its database; null: each has an embedded one. */
  readonly secrets: Pick<Secrets, 'masterKeys' | 'peppers' | 'databaseUrl'>;
  readonly log: Log;
  readonly abandoned: AbortSignal;
  /** How long a page waits for its class before it says that it opens; two seconds by default. */
  readonly patienceMs?: number;
}

export interface Workshop {
  /** The address for the people in the room. */
  readonly url: string;
  /** The same on the other networks of this machine, the likelier first. */
  readonly otherUrls: readonly string[];
  /** Of the trainer; null on a permanent site. */
  readonly pin: string | null;
  close(): Promise<void>;
}

/** What a laptop carries, ended classes too. */
const ofLaptop: Quotas = { ofOne: 4, ofAll: 4, seats: 30, perDay: Number.POSITIVE_INFINITY };
/** Classes on a server sleep while nobody needs them: each costs a database of some megabytes. */
const ofServer: Quotas = { ...ofLaptop, ofOne: 300, ofAll: 300 };
/** How often it is seen whether the time of a class has come. */
const eraseEveryMs = 60_000;

const tidyEveryMs = 60_000;

/**
 * Opens a workshop: one port, behind which every class is a service of its own. The port is open first; requests wait until
 * the pages are there. Throws when the folder or the port is in use.
 */
export async function openWorkshop({
  config,
  site,
  secrets,
  log,
  abandoned,
  patienceMs = 2_000,
}: WorkshopOptions): Promise<Workshop> {
  const { host, port } = config.web;
  const folder = join(config.dataDir, 'atelier');
  const lock = await lockFolder(folder);
  const server = openServer(config.web.trustProxy);
  const { memoryKiB, passes, lanes, maxWaitMs } = config.hash;
  const threads = openThreads({ cost: { memoryKiB, passes }, lanes, maxWaitMs, clamd: config.clamd });
  let databases: ClassDatabases | null = null;
  let classes: Classes | null = null;
  let opened: OpenedEntrance | null = null;
  let tidying: NodeJS.Timeout | null = null;
  const erasing = setInterval(() => void classes?.eraseDue(), eraseEveryMs).unref();
  const close = async (): Promise<void> => {
    clearInterval(erasing);
    if (tidying) clearInterval(tidying);
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    await opened?.close();
    await classes?.close();
    await threads.close();
    await databases?.close();
    lock.close();
  };
  try {
    const pages = Promise.withResolvers<RequestListener>();
    let answer: RequestListener = (request, response) =>
      void pages.promise.then((later) => later(request, response));
    server.on('request', (request, response) => answer(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
    const address = server.address();
    if (!(address instanceof Object)) throw new Error('The workshop listens on a port');
    const { publicUrl, otherUrls, isOurHost } = site
      ? reachBySite(site.publicUrl)
      : reachOnNetwork({ host, port: address.port });
    const secure = publicUrl.startsWith('https:');
    const context = contextOf(config, secrets, log, secure);
    const quotas = site?.quotas ?? (secrets.databaseUrl === null ? ofLaptop : ofServer);
    const { keyring } = context;
    const { peppers } = secrets;
    const door = site
      ? openSiteEntrance({ folder, site, hash: config.hash, peppers, keyring, threads, log })
      : openPinEntrance(folder);
    opened = door;
    const { entrance, pin, tidy } = door;
    databases = await databasesOf(folder, secrets, { log, abandoned });
    const library = openScenarios(join(config.dataDir, 'scenarios'));
    classes = await openClasses({
      folder,
      quotas,
      databases,
      scenarios: () => library.read().scenarios,
      publicUrl,
      isOurHost,
      config,
      threads,
      clock: systemClock,
      random: systemRandom,
      log,
      abandoned,
    });
    const templates = openTemplatesOfAll(join(folder, 'modeles'), systemRandom);
    const pagesAround = await buildWorkshopSite({
      context,
      classes,
      press: threads.pdf,
      library,
      entrance,
      quotas,
      templates,
      publicUrl: () => publicUrl,
      isOurHost,
      trustProxy: config.web.trustProxy,
      server,
    });
    await pagesAround.ready();
    const all = classes;
    const tidyUp = () =>
      void tidy(all, templates).catch((error: unknown) => log.error({ event: 'workshopNotTidied', error }));
    tidying = setInterval(tidyUp, tidyEveryMs).unref();
    tidyUp();
    answer = openGateway({ classes, ownPages: pagesAround.routing, patienceMs, secure });
    pages.resolve(answer);
    const url = (origin: string): string => origin + workshopPaths.join;
    return { url: url(publicUrl), otherUrls: otherUrls.map(url), pin, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function databasesOf(
  folder: string,
  { databaseUrl }: WorkshopOptions['secrets'],
  { log, abandoned }: Pick<WorkshopOptions, 'log' | 'abandoned'>,
): Promise<ClassDatabases> | ClassDatabases {
  if (databaseUrl === null) return openEmbeddedDatabases(folder);
  return openServerDatabases({
    folder,
    url: databaseUrl.reveal(),
    random: systemRandom,
    abandoned,
    onAway: (error) => log.error({ event: 'databaseAway', error }),
  });
}

/** What the pages of the workshop itself stand on: they have no database. */
function contextOf(
  { policy }: Config,
  { masterKeys }: Pick<Secrets, 'masterKeys'>,
  log: Log,
  secure: boolean,
): WebContext {
  const nothing = { path: workshopPaths.join, unread: 0 };
  return {
    policy: loadPolicy(policy),
    caisses: shippedReference(),
    keyring: openKeyring(masterKeys.reveal()),
    clock: systemClock,
    random: systemRandom,
    events: openEvents({ log, metrics: openMetrics() }),
    secure,
    demo: {
      kind: 'exercise',
      home: workshopPaths.join,
      trays: () => ({ email: nothing, sms: nothing, letter: nothing }),
      person: () => null,
      refuses: () => [],
      note: () => {},
      praise: () => null,
    },
  };
}
