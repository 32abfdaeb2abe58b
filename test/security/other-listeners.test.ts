import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { openSimulator } from '#src/demo/franceconnect/simulator.ts';
import { openSmsSimulator } from '#src/demo/trays/sms-gateway.ts';
import { systemClock } from '#src/time/clock.ts';

function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) =>
    request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end(),
  );
}

test('a site whose name resolves to this machine cannot reach a simulator', async (t) => {
  const folder = mkdtempSync(`${tmpdir()}/sms-`);
  t.after(() => rmSync(folder, { recursive: true }));
  const sms = await openSmsSimulator(folder, systemClock);
  t.after(() => sms.close());
  const provider = await openSimulator({
    port: 0,
    clientUrl: 'http://localhost:3000',
    client: { id: 'compte-assure', secret: 'un-secret-pour-les-tests' },
    identities: [],
  });
  t.after(() => provider.close());
  const discovery = `${provider.issuer}/.well-known/openid-configuration`;
  for (const [url, ours] of [
    [discovery, 200],
    [provider.url, 200],
    [sms.settings.url, 405],
  ] as const) {
    const { port } = new URL(url);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
      assert.equal(await statusFor(url, host), ours, `${url} as ${host}`);
    for (const host of ['ailleurs.example', `ailleurs.example:${port}`, '127.0.0.1.ailleurs.example'])
      assert.equal(await statusFor(url, host), 421, `${url} as ${host}`);
  }
});
