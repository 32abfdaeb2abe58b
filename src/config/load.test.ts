import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { loadConfiguration } from '#src/config/load.ts';
import { ensureDemoKeys } from '#src/config/secrets/demo-keys.ts';
import { systemRandom } from '#src/crypto/random.ts';

describe('the configuration that is loaded', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'compte-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('the demo generates its keys once, readable by its owner alone, and reuses them', () => {
    const env = { DATA_DIR: join(folder, 'data') };
    const first = loadConfiguration(env, systemRandom);
    const second = loadConfiguration(env, systemRandom);
    assert.ok(first.ok && second.ok);
    assert.deepEqual(first.secrets.masterKeys.reveal(), second.secrets.masterKeys.reveal());
    assert.deepEqual(first.secrets.peppers.reveal(), second.secrets.peppers.reveal());
    assert.equal(statSync(join(env.DATA_DIR, 'demo-keys.json')).mode & 0o777, 0o600);
  });

  test('production generates nothing', () => {
    const decision = loadConfiguration({ MODE: 'production', DATA_DIR: join(folder, 'data') }, systemRandom);
    assert.equal(decision.ok, false);
    assert.equal(existsSync(join(folder, 'data')), false);
  });

  test('production starts in any folder, also where keys of a demo cannot be read', () => {
    writeFileSync(join(folder, 'data'), 'no folder');
    const decision = loadConfiguration({ MODE: 'production', DATA_DIR: join(folder, 'data') }, systemRandom);
    assert.equal(decision.ok, false);
    writeFileSync(join(folder, 'demo-keys.json'), '{}');
    assert.equal(loadConfiguration({ MODE: 'production', DATA_DIR: folder }, systemRandom).ok, false);
  });

  test('damaged demo keys are reported, not replaced: what they sealed would be lost', () => {
    writeFileSync(join(folder, 'demo-keys.json'), '{}');
    assert.throws(() => ensureDemoKeys(folder, systemRandom), /is damaged/);
    writeFileSync(join(folder, 'demo-keys.json'), '{"MASTER_KEYS": "1:c2VjcmV0');
    assert.throws(
      () => ensureDemoKeys(folder, systemRandom),
      (error) => error instanceof Error && /is damaged/.test(error.message) && !/c2Vj/.test(error.message),
    );
  });
});
