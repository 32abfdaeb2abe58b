import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { InjectOptions } from 'fastify';
import { testApp } from '../setting/application.ts';
import { cpuTimeMs } from './cpu-time.ts';

const headers = [
  ...[
    'accept-encoding',
    'accept-language',
    'accept',
    'authorization',
    'content-type',
    'cookie',
    'origin',
    'referer',
  ],
  ...[
    'user-agent',
    'forwarded',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'if-none-match',
    'range',
  ],
  ...['sec-fetch-site', 'idempotency-key', 'x-signature', 'expect', 'host'],
];
const units = [
  ' ',
  ', ',
  ';q=',
  ' ;q=',
  '; ',
  'a=',
  'a=b; ',
  '"',
  '%',
  '127.0.0.1, ',
  ':',
  'a',
  '1',
  '\t',
  '<',
  '@',
  '\\',
];

/** Requests that carry a text: in each header of a page and of a form, in the address, in bodies of each kind. */
const carriers: Readonly<Record<string, (text: string) => InjectOptions>> = {
  ...Object.fromEntries(
    headers.map((name) => [
      name,
      (text: string): InjectOptions => ({
        method: name === 'content-type' ? 'POST' : 'GET',
        url: name === 'idempotency-key' || name === 'authorization' ? '/api/v1/dossier' : '/connexion',
        headers: { host: 'localhost', 'accept-encoding': 'gzip', [name]: `a${text}x` },
      }),
    ]),
  ),
  'the query': (text) => ({
    url: `/?lang=${encodeURIComponent(text)}&${text.replace(/[^a-z=&%;]/g, '&')}`,
    headers: { host: 'localhost' },
  }),
  'the path': (text) => ({
    url: `/validation-email/${encodeURIComponent(text)}`,
    headers: { host: 'localhost' },
  }),
  'a form': (text) => ({
    method: 'POST',
    url: '/connexion',
    headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
    payload: `nir=${text}&${text}`,
  }),
  JSON: (text) => ({
    method: 'POST',
    url: '/api/v1/dossiers',
    headers: { host: 'localhost', 'content-type': 'application/json' },
    payload: JSON.stringify({ nom: text, [text.slice(0, 2_000)]: text.slice(0, 5_000) }).slice(0, 16_000),
  }),
  'a multipart': (text) => ({
    method: 'POST',
    url: `/courriels/desinscription/${'x'.repeat(64)}`,
    headers: { host: 'localhost', 'content-type': 'multipart/form-data; boundary=x' },
    payload: `name="List-Unsubscribe"${text}`.slice(0, 4_000),
  }),
};

test('a request of 15 kB takes time linear in its length, wherever the text is', async (t) => {
  const { app } = await testApp(t);
  const timed = async (request: InjectOptions, name: string) => {
    // Requests without a socket follow one another without a turn of the loop, which would be taken for a late one.
    await setImmediate();
    const from = cpuTimeMs();
    const { statusCode } = await app.inject({ remoteAddress: '127.0.0.1', ...request });
    assert.ok(statusCode < 500, `${name}: ${statusCode}`);
    return cpuTimeMs() - from;
  };
  for (const [name, carry] of Object.entries(carriers))
    for (const unit of units) {
      const of = (size: number) => carry(unit.repeat(size / unit.length));
      if ((await timed(of(15_000), name)) < 20) continue;
      const ratios: number[] = [];
      for (let i = 0; i < 4; i += 1)
        ratios.push((await timed(of(15_000), name)) / (await timed(of(1_500), name)));
      assert.ok(
        Math.min(...ratios) < 40,
        `${name}, ${JSON.stringify(unit)}: ${ratios.map((ratio) => ratio.toFixed(0))}`,
      );
    }
});
