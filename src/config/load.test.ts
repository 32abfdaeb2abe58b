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

  test('what was not read of the environment is named, and nothing that follows from it', () => {
    const others = {
      DATA_DIR: folder,
      LEGAL_BASIS: 'décret n° 2019-341',
      MASTER_KEYS: '1:x',
      PUBLIC_URL: 'https://h.fr',
    };
    const problemsOf = (env: Record<string, string>) => {
      const decision = loadConfiguration({ ...others, ...env }, systemRandom);
      return decision.ok ? [] : decision.problems;
    };
    assert.deepEqual(problemsOf({ MODE: 'prod' }), ['MODE: must be one of demo, production']);
    assert.deepEqual(problemsOf({ '\uFEFFMODE': 'production' }), [
      'MODE: is behind a byte order mark: save the file in UTF-8, without one',
    ]);
    const ofReturn = problemsOf({
      MODE: 'production',
      LETTERS_RETURN_ADDRESS: 'Caisse;1 rue de l\uFFFDglise',
    });
    for (const TRUST_PROXY of ['true', '10.0.0', '10.0.0.0/33', 'fd00::/129', '10.0.0.4,'])
      assert.match(problemsOf({ MODE: 'production', TRUST_PROXY }).join('\n'), /^TRUST_PROXY: must be none/m);
    assert.deepEqual(
      ofReturn.filter((problem) => problem.startsWith('LETTERS')),
      ['LETTERS_RETURN_ADDRESS: holds characters that are not UTF-8: save the file in UTF-8'],
    );
  });
});
