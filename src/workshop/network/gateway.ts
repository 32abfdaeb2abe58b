import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { openLocalFloodGate } from '#src/limits/flood.ts';
import { systemClock } from '#src/time/clock.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';
import { cookieName } from '#src/web/cookies.ts';
import { assetPaths } from '#src/web/http/assets.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Classes } from '#src/workshop/classes/classes.ts';
import { seatWith } from '#src/workshop/network/known-client.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

export interface GatewayOptions {
  readonly classes: Pick<Classes, 'find'>;
  readonly ownPages: RequestListener;
  /** How long a page waits for its class before it says that it opens. */
  readonly patienceMs: number;
  /** Whether the public address is https: cookies have other names then. */
  readonly secure: boolean;
}

/**
 * Hands each request to the class in which its cookie holds a seat, and all others to the pages of the workshop itself. While a class
 * opens, or when it does not, a page says so; a form waits until the class is there, so that nothing typed is lost.
 */
export function openGateway({
  classes,
  ownPages,
  patienceMs,
  secure,
}: GatewayOptions): (...exchange: Parameters<RequestListener>) => void {
  /** How the cookie of a seat begins in the header of a request. */
  const placeCookie = `${cookieName({ secure, demo: { kind: 'exercise' } }, roleCookie)}=`;
  const flood = openLocalFloodGate(systemClock, floodRule);
  return (request, response) => {
    const found = classOf(classes, placeCookie, request);
    if (!found) return ownPages(request, response);
    const { running, address } = found;
    const provider = franceConnectOf(request);
    if (provider !== null) {
      // It has no limits of its own.
      if (provider !== running.id) return ownPages(request, response);
      const until = flood.admit(address, 'page');
      if (until) return tooMany(response, until);
      response.once('close', running.hold());
      return void running.franceConnect.then(
        (handle) => handle(request, response),
        () => ownPages(request, response),
      );
    }
    countAs(address, request);
    const sayWhy = () => {
      request.url = workshopPaths.opening;
      request.method = 'GET';
      ownPages(request, response);
    };
    const isOpen = running.standing().kind === 'open';
    if (!isOpen && assets.has(pathOf(request))) return ownPages(request, response);
    response.once('close', running.hold());
    if (isOpen || request.method === 'POST')
      return void running.handle.then((handle) => handle(request, response), sayWhy);
    const late = wait(patienceMs, null, { ref: false });
    void Promise.race([running.handle, late]).then(
      (handle) => (handle ? handle(request, response) : sayWhy()),
      sayWhy,
    );
  };
}

/** FranceConnect of a class is another site to its browsers, under an address that names the class: its id; null elsewhere. */
function franceConnectOf(request: IncomingMessage): string | null {
  const path = pathOf(request);
  if (!path.startsWith(`${workshopPaths.franceConnect}/`)) return null;
  return path.slice(workshopPaths.franceConnect.length + 1).split('/', 1)[0] ?? '';
}

function tooMany(response: ServerResponse, until: Date): void {
  const seconds = secondsUntil(until, systemClock.now());
  response
    .writeHead(429, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': `${seconds}` })
    .end(
      'Vous avez demandé trop de pages. Attendez cinq minutes.\nYou have asked for too many pages. Wait five minutes.\n',
    );
}

/** Of one seat at FranceConnect, as a class counts its own pages. */
const floodRule = { max: 600, perSeconds: 300, unnamedShare: 1 };

const assets = new Set<string>(assetPaths);

/** The class whose service answers, and whom it counts: every address is its own but those of the workshop around it. */
function classOf(classes: Pick<Classes, 'find'>, placeCookie: string, request: IncomingMessage) {
  const path = pathOf(request);
  const isAround = path === workshopPaths.join || path.startsWith(workshopPaths.trainer);
  const cookies = request.headers.cookie?.slice(0, 8_192).split('; ') ?? [];
  const sent = isAround ? undefined : cookies.find((one) => one.startsWith(placeCookie));
  return sent === undefined ? null : seatWith(classes, sent.slice(placeCookie.length));
}

/** For the limits of the class, as a proxy in front of it says whom it speaks for: whatever the browser said of that is gone. */
function countAs(address: string, { headers }: IncomingMessage): void {
  for (const name of Object.keys(headers)) if (name.startsWith('x-forwarded-')) delete headers[name];
  headers['x-forwarded-for'] = address;
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}
