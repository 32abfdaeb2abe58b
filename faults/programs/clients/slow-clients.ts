import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { paths } from '#src/paths.ts';
import { quantile } from '../../../bench/client/tally.ts';
import { publicHost } from '../../../bench/setting/service.ts';
import { oneClientForAll, openScene } from '../../setting/scene.ts';
import type { Fault, Trial } from '../../trial.ts';

const mostP99Ms = 500;
const mostOpenMs = 17_000;

/** What each of them sends first, and then byte by byte; null: nothing, it does not even read. */
const manners: Readonly<Record<string, { first: string; drip: string | null }>> = {
  'send their headers a byte at a time': {
    first: `GET ${paths.home} HTTP/1.1\r\nHost: ${publicHost}\r\nX-Slow: `,
    drip: 'a',
  },
  'send their bodies a byte at a time': {
    first: `POST ${paths.signIn} HTTP/1.1\r\nHost: ${publicHost}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nnir=`,
    drip: '1',
  },
  'ask and do not read': {
    first: `GET ${paths.help} HTTP/1.1\r\nHost: ${publicHost}\r\n\r\n`.repeat(2),
    drip: null,
  },
};

export const slowClients: Fault = {
  id: 'R-11',
  atMostSeconds: 300,
  async run(trial) {
    const scene = await openScene(trial, { people: 200, limits: oneClientForAll });
    const web = await scene.web();
    const connections = trial.paced(300, 1_000);
    for (const [manner, { first, drip }] of Object.entries(manners)) {
      trial.say(`${connections} clients ${manner}`);
      const openMs: number[] = [];
      const sockets: Socket[] = [];
      for (let count = 0; count < connections; count += 1) {
        const socket = connect({ port: web.port, host: '127.0.0.1' });
        sockets.push(socket);
        const openedAt = performance.now();
        socket.on('error', () => {});
        socket.on('close', () => openMs.push(performance.now() - openedAt));
        socket.write(first);
        if (drip === null) socket.pause();
        else socket.resume();
        if (count % 20 === 0) await wait(5);
      }
      const timer = setInterval(() => {
        for (const socket of sockets) if (drip !== null && socket.writable) socket.write(drip);
      }, 1_000);
      trial.atEnd(() => {
        clearInterval(timer);
        for (const socket of sockets) socket.destroy();
      });
      const times = await served(trial, web.origin, drip === null ? 8_000 : mostOpenMs);
      const p99 = quantile(times, 0.99);
      trial.measured(`${connections} that ${manner}: p99 of others, in ms`, Math.round(p99), p99 < mostP99Ms);
      const closed = openMs.length;
      const slowest = Math.max(0, ...openMs);
      // One that does not read costs a socket and what the system keeps for it; the idle ones are closed after a minute.
      if (drip !== null)
        trial.measured(
          'of them closed by the service, and after how many seconds at most',
          `${closed}, ${(slowest / 1000).toFixed(1)}`,
          closed === connections && slowest <= mostOpenMs,
        );
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      await wait(1_000);
    }
    trial.measured('how the process ended', String(web.status() ?? 'it runs'), web.status() === null);
  },
};

/** Somebody else asks for the home page ten times a second; the milliseconds of each answer. */
async function served(trial: Trial, origin: string, forMs: number): Promise<readonly number[]> {
  const times: number[] = [];
  const endsAt = performance.now() + forMs;
  while (performance.now() < endsAt && !trial.over.aborted) {
    const askedAt = performance.now();
    const headers = { host: publicHost, 'x-forwarded-for': '10.8.0.1' };
    const status = await request(origin + paths.home, { headers, reset: true }).then(
      async ({ statusCode, body }) => {
        await body.dump();
        return statusCode;
      },
      () => 0,
    );
    times.push(status === 200 ? performance.now() - askedAt : 30_000);
    await wait(100);
  }
  return times;
}
