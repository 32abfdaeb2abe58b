import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { shippedReference } from '#src/caisses/reference.ts';
import type { Config, Secrets } from '#src/config/config.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import type { Log } from '#src/log/log.ts';
import { openEvents } from '#src/operations/events.ts';
import { openMetrics } from '#src/operations/metrics.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { systemClock } from '#src/time/clock.ts';
import type { WebContext } from '#src/web/site.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import { type Classes, openClasses } from '#src/workshop/classes/classes.ts';
import { openScenarios } from '#src/workshop/classes/scenarios.ts';
import { readPlace } from '#src/workshop/classroom/seats.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { buildWorkshopSite } from '#src/workshop/site.ts';
import { openTrainerDoor } from '#src/workshop/trainer/pin.ts';

export interface WorkshopOptions {
  readonly config: Config;
  readonly secrets: Pick<Secrets, 'masterKeys'>;
  readonly log: Log;
  readonly abandoned: AbortSignal;
}

export interface Workshop {
  /** The address for the people in the room. */
  readonly url: string;
  readonly pin: string;
  close(): Promise<void>;
}

const mostClasses = 4;

/** Opens a workshop: one port, behind which every class is a service of its own. */
export async function openWorkshop({ config, secrets, log, abandoned }: WorkshopOptions): Promise<Workshop> {
  const { host, port } = config.web;
  let publicUrl = '';
  const context: WebContext = {
    policy: loadPolicy(config.policy),
    caisses: shippedReference(),
    keyring: openKeyring(secrets.masterKeys.reveal()),
    clock: systemClock,
    random: systemRandom,
    events: openEvents({ log, metrics: openMetrics() }),
    secure: false,
    demo: {
      kind: 'exercise',
      home: workshopPaths.join,
      trays: () => ({ email: nothing, sms: nothing, letter: nothing }),
      person: () => null,
      refuses: () => [],
      note: () => {},
    },
  };
  const isOurHost = (name: string): boolean =>
    URL.canParse(`http://${name}`) && isAddress(new URL(`http://${name}`).hostname);
  const door = openTrainerDoor(systemRandom);
  let classes: Classes | null = null;
  const server = createServer();
  let ownPages: RequestListener = (_request, response) => response.writeHead(503).end();
  server.on('request', (request, response) => {
    const running = classes && classOf(classes, request);
    if (!running) return ownPages(request, response);
    running.handle.then(
      (handle) => handle(request, response),
      () => response.writeHead(503).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  const address = server.address();
  if (!(address instanceof Object)) throw new Error('The workshop listens on a port');
  publicUrl = `http://${nameOf(host)}:${address.port}`;
  const library = openScenarios(join(config.dataDir, 'scenarios'));
  classes = await openClasses({
    folder: join(config.dataDir, 'atelier'),
    most: mostClasses,
    scenarios: () => library.read().scenarios,
    publicUrl,
    isOurHost,
    config,
    clock: systemClock,
    random: systemRandom,
    log,
    abandoned,
  });
  const site = await buildWorkshopSite({
    context,
    classes,
    library,
    door,
    publicUrl: () => publicUrl,
    isOurHost,
    server,
  });
  await site.ready();
  ownPages = site.routing;
  return {
    url: publicUrl + workshopPaths.join,
    pin: door.pin,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await classes?.close();
    },
  };
}

const nothing = { path: workshopPaths.join, unread: 0 };

/** The class whose service answers: every address is its own but those of the workshop around it. */
function classOf(classes: Classes, { url = '', headers }: IncomingMessage) {
  const path = url.split('?', 1)[0] ?? '';
  const isAround = path === workshopPaths.join || path.startsWith(workshopPaths.trainer);
  const start = `${roleCookie}=`;
  const sent = headers.cookie?.split('; ').find((one) => one.startsWith(start));
  const place = sent === undefined || isAround ? null : readPlace(sent.slice(start.length));
  return place && classes.find(place.classId);
}

/** People open an address of this machine as such: with DNS rebinding, a page of another site sends its own name. */
function isAddress(hostname: string): boolean {
  return hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}

/** How the people in the room reach what listens on `host`: the first address of this machine on the local network. */
function nameOf(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  const local = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return local.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? 'localhost';
}
