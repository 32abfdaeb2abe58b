import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const units = ['compte-web@.service', 'compte-worker.service', 'compte-atelier.service'];
const read = (name: string) => readFileSync(join(import.meta.dirname, '../../deploy', name), 'utf8');
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
/** In tenths, of `systemd-analyze security`; docs/operations.md says it. */
const mostExposed = 14;

/** The lines of a section, without comments. */
function section(unit: string, name: string): readonly string[] {
  const [, text = ''] = read(unit).split(`[${name}]\n`);
  return (text.split('\n[')[0] ?? '').split('\n').filter((line) => /^\w/.test(line));
}

describe('the units of systemd', () => {
  const hardened = section('compte-web@.service', 'Service').filter((line) =>
    /^(NoNew|Capab|Ambient|Device|Lock|Private|Proc|Protect|Remove|Restrict(?!ed)|SystemCall|UMask)/.test(
      line,
    ),
  );

  test('give no privilege, no device, and the system calls of ordinary services, all of them alike', () => {
    assert.ok(hardened.length > 25);
    for (const line of [
      'CapabilityBoundingSet=',
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'PrivateDevices=yes',
    ])
      assert.ok(hardened.includes(line), line);
    assert.ok(hardened.includes('SystemCallFilter=~@privileged'));
    for (const unit of units) {
      const lines = section(unit, 'Service');
      assert.deepEqual(
        hardened.filter((line) => !lines.includes(line)),
        [],
        unit,
      );
      assert.ok(
        !lines.some((line) => line.startsWith('MemoryDenyWriteExecute=yes')),
        'the engine writes code',
      );
      assert.ok(lines.includes('RestartPreventExitStatus=78'), unit);
      const user = lines.find((line) => line.startsWith('User=')) ?? '';
      assert.match(user, /^User=compte/);
    }
    const writable = units.filter((unit) => /^ReadWritePaths=/m.test(read(unit)));
    assert.deepEqual(writable, ['compte-atelier.service']);
  });

  test('docs/operations.md says how exposed they are, and systemd agrees where it is installed', (t) => {
    const said = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
    assert.ok(said.includes(`\`systemd-analyze security\` gives them ${mostExposed / 10}`));
    if (!hasSystemd) return t.diagnostic('systemd-analyze is not installed');
    const folder = mkdtempSync(join(tmpdir(), 'compte-units-'));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const unit of units) {
      const path = join(folder, unit.replace('@', '@3000'));
      // What it starts is installed by the operator.
      writeFileSync(path, read(unit).replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true'));
      const verified = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' });
      assert.equal(
        verified.stderr
          .split('\n')
          .filter((line) => line.includes(unit.split('@')[0] ?? ''))
          .join(),
        '',
      );
      const args = ['security', '--offline=true', `--threshold=${mostExposed}`, path];
      const judged = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
      assert.equal(judged.status, 0, judged.stdout.split('\n').slice(-3).join());
    }
  });
});
