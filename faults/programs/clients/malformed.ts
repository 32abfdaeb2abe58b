import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { paths } from '#src/paths.ts';
import { publicHost } from '../../../bench/setting/service.ts';
import { oneClientForAll, openScene } from '../../setting/scene.ts';
import type { Fault } from '../../trial.ts';

const form = 'application/x-www-form-urlencoded';
const mostMb = 20;
/** On a machine of two cores that the sender shares: the promise is for one that only serves. */
const mostMs = 1_000;

function posted(body: Buffer | string, type = form, more = ''): Buffer {
  const bytes = Buffer.from(body);
  const head = `POST ${paths.signIn} HTTP/1.1\r\nHost: ${publicHost}\r\nContent-Type: ${type}\r\n${more}Content-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

function asked(line: string, headers = ''): Buffer {
  return Buffer.from(
    `${line} HTTP/1.1\r\nHost: ${publicHost}\r\nConnection: close\r\n${headers}\r\n`,
    'latin1',
  );
}

/** What a browser never sends, and what it may be answered. */
const requests: Readonly<Record<string, Buffer>> = {
  'a body of 10 MB': posted(Buffer.alloc(10_000_000, 'a')),
  '10 000 fields': posted(Array.from({ length: 10_000 }, (_, n) => `champ${n}=1`).join('&')),
  '64 KiB of headers': asked(`GET ${paths.home}`, `X-Long: ${'a'.repeat(65_536)}\r\n`),
  'a boundary that does not exist': posted('--b\r\nnothing', 'multipart/form-data; boundary=other'),
  'a multipart without a boundary': posted('nothing', 'multipart/form-data'),
  'a gzip bomb': posted(gzipSync(Buffer.alloc(20_000_000)), form, 'Content-Encoding: gzip\r\n'),
  'bytes that are no UTF-8': posted(Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0xc0])),
  'a field with NUL': posted('nir=%00%00&motDePasse=%00'),
  'an address with NUL': asked('GET /%00'),
  'an address that is no UTF-8': asked('GET /%E0%80'),
  'a length and chunks': Buffer.from(
    `POST ${paths.signIn} HTTP/1.1\r\nHost: ${publicHost}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET`,
  ),
  'chunks that are none': Buffer.from(
    `POST ${paths.signIn} HTTP/1.1\r\nHost: ${publicHost}\r\nContent-Type: ${form}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
  ),
  'two lengths': posted('a=1', form, 'Content-Length: 4\r\n'),
  'a method of no meaning': asked(`BREW ${paths.home}`),
  'a line of no meaning': Buffer.from('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 'latin1'),
  'JSON of a thousand levels': posted(`${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'application/json'),
};

export const malformed: Fault = {
  id: 'R-12',
  atMostSeconds: 300,
  async run(trial) {
    const scene = await openScene(trial, { people: 200, limits: oneClientForAll });
    const web = await scene.web();
    for (let again = 0; again < 50; again += 1) await exchange(web.port, asked(`GET ${paths.home}`));
    const before = residentMb(web.pid());
    const slow: string[] = [];
    const wrong: string[] = [];
    let slowest = 0;
    for (const [what, bytes] of Object.entries(requests)) {
      const times: number[] = [];
      for (let again = 0; again < 5; again += 1) {
        const { status, ms } = await exchange(web.port, bytes);
        times.push(ms);
        // Closed without a word is a refusal as well; a page that judges what was sent is an answer.
        if (status !== null && (status < 400 || status >= 500)) wrong.push(`${what}: ${status}`);
      }
      const best = Math.min(...times);
      slowest = Math.max(slowest, best);
      if (best > mostMs) slow.push(`${what}: ${Math.round(best)} ms`);
    }
    trial.measured('kinds of malformed requests', Object.keys(requests).length, true);
    trial.measured('answers that are no refusal', wrong.join(', ') || 0, wrong.length === 0);
    trial.measured(
      'the slowest refusal, in ms, beside the sender on two cores',
      slow.join(', ') || Math.round(slowest),
      slow.length === 0,
    );
    const runs = trial.paced(300, 3_000, 100_000);
    const start = asked(`GET ${paths.signIn}`, 'Cookie: a=b\r\n');
    const noise = fc.tuple(fc.uint8Array({ maxLength: 400 }), fc.nat(start.length), fc.boolean());
    let broken = 0;
    for (const [bytes, at, isCut] of fc.sample(noise, { numRuns: runs, seed: trial.seed })) {
      if (trial.over.aborted) break;
      const rest = isCut ? Buffer.alloc(0) : start.subarray(at);
      const { status } = await exchange(web.port, Buffer.concat([start.subarray(0, at), bytes, rest]), 300);
      if (status !== null && status >= 500) broken += 1;
    }
    trial.measured(`answers 5xx to noise, of ${runs} (--seed ${trial.seed})`, broken, broken === 0);
    await wait(2_000);
    const more = residentMb(web.pid()) - before;
    trial.measured('megabytes more in memory', more, more <= mostMb);
    const { status } = await exchange(web.port, asked(`GET ${paths.home}`));
    trial.measured('the home page afterwards', String(status), status === 200 && web.status() === null);
  },
};

interface Exchange {
  /** Null: the connection was closed without an answer, or nothing came in time. */
  readonly status: number | null;
  readonly ms: number;
}

/** Sends bytes and waits for the first line of the answer. */
function exchange(port: number, bytes: Buffer, patienceMs = 20_000): Promise<Exchange> {
  const { promise, resolve } = Promise.withResolvers<Exchange>();
  const startedAt = performance.now();
  const socket = connect({ port, host: '127.0.0.1' });
  const end = (status: number | null) => {
    resolve({ status, ms: performance.now() - startedAt });
    socket.destroy();
  };
  let answer = '';
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    answer += text;
    const status = /^HTTP\/1\.\d (\d{3})/.exec(answer)?.[1];
    if (status) end(Number(status));
  });
  socket.on('error', () => end(null));
  socket.on('close', () => end(null));
  socket.setTimeout(patienceMs, () => end(null));
  socket.write(bytes);
  return promise;
}

function residentMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kb) / 1024);
}
