import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { describe, test } from 'node:test';
import { DockerfileParser } from 'dockerfile-ast';
import { parse } from 'yaml';
import { z } from 'zod';
import { environmentSchema } from '#src/config/schema.ts';
import { fileSetting, secretSettings } from '#src/config/secrets/secret-files.ts';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

describe('the Containerfile', () => {
  const instructions = DockerfileParser.parse(read('Containerfile'))
    .getInstructions()
    .map((one) => ({
      keyword: one.getKeyword(),
      text: one
        .getTextContent()
        .replace(/^[A-Z]+ /, '')
        .replaceAll(/\\\n\s*/g, ' '),
    }));
  const last = instructions.findLastIndex(({ keyword }) => keyword === 'FROM');
  const [building, running] = [instructions.slice(0, last), instructions.slice(last)];
  const one = (keyword: string) => {
    const found = running.filter((instruction) => instruction.keyword === keyword);
    assert.equal(found.length, 1, keyword);
    return found[0]?.text ?? '';
  };

  test('has two stages on one base with a version, which a builder can pin by its digest', () => {
    const from = instructions.filter(({ keyword }) => keyword === 'FROM').map(({ text }) => text);
    const base = String.raw`\$\{BASE\}`;
    assert.match(from.join('\n'), new RegExp(`^${base} AS packages\n${base}$`));
    assert.match(
      building[0]?.text ?? '',
      /^BASE=docker\.io\/library\/debian:\d+(\.\d+)?-slim(@sha256:[\da-f]{64})?$/,
    );
  });

  test('installs what the lock file says, for production only, and runs no script of a package', () => {
    const installs = instructions.filter(({ text }) => /\bnpm\s+(ci|i|install)\b/.test(text));
    assert.equal(installs.length, 1);
    assert.match(installs[0]?.text ?? '', /^npm ci --omit=dev --ignore-scripts /);
    for (const { text } of instructions.filter((instruction) => /apt-get install/.test(instruction.text)))
      assert.match(text, /--no-install-recommends [^&]*&& rm -rf \/var\/lib\/apt\/lists\/\*$/);
    assert.ok(running.every(({ text }) => !/\bnpm\b/.test(text)));
  });

  test('runs as nobody, from a program that belongs to root, and says how it is', () => {
    assert.match(one('USER'), /^[1-9]\d{3,}:[1-9]\d{3,}$/);
    assert.equal(one('HEALTHCHECK').replace(/^.* CMD /, ''), '["compte-alive"]');
    assert.equal(one('ENTRYPOINT'), '["compte"]');
    assert.equal(one('CMD'), '["web"]');
    assert.equal(one('STOPSIGNAL'), 'SIGTERM');
    const user = running.findIndex(({ keyword }) => keyword === 'USER');
    for (const { keyword, text } of running) {
      assert.notEqual(keyword, 'ADD');
      if (keyword === 'COPY') assert.doesNotMatch(text, /--ch(own|mod)/);
    }
    assert.ok(running.slice(user).every(({ keyword }) => keyword !== 'RUN' && keyword !== 'COPY'));
    for (const name of ['compte', 'compte-alive']) {
      assert.ok((statSync(join(root, 'deploy/container', name)).mode & 0o111) === 0o111, name);
      assert.match(read(`deploy/container/${name}`), /^#!\/bin\/sh\n/);
    }
    assert.doesNotMatch(read('deploy/container/compte-alive'), /curl|wget/);
  });

  test('sets only what the service reads, and no secret', () => {
    const settings = one('ENV').split(/\s+/);
    assert.equal(settings[0], 'MODE=production');
    const names = settings.map((pair) => pair.split('=')[0] ?? '');
    for (const name of names)
      assert.ok(name in environmentSchema.shape && !secretSettings.includes(name), name);
  });

  test('copies what is there and what is let in; tests, version control and secrets stay outside', () => {
    const lines = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    assert.equal(lines[0], '*');
    const included = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    for (const path of included) assert.ok(existsSync(join(root, path)), path);
    const copied = instructions
      .filter(({ keyword, text }) => keyword === 'COPY' && !text.startsWith('--from'))
      .flatMap(({ text }) => text.split(/\s+/).slice(0, -1));
    for (const path of copied) {
      assert.ok(existsSync(join(root, path)), path);
      assert.ok(
        included.some((inside) => path === inside || path.startsWith(`${inside}/`)),
        `${path} is not let in`,
      );
    }
    for (const path of included)
      assert.ok(
        copied.some((one) => one === path || one.startsWith(`${path}/`)),
        path,
      );
    const left = lines.filter((line) => !line.startsWith('!')).slice(1);
    for (const file of globSync('src/**/*.test.ts', { cwd: root }))
      assert.ok(
        left.some((glob) => matchesGlob(file, glob)),
        file,
      );
    assert.ok(included.every((path) => !/^(\.git|data|deploy\/secrets|test)\b/.test(path)));
  });
});

const service = z.looseObject({
  image: z.string(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  command: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  networks: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]),
  read_only: z.literal(true),
  security_opt: z.array(z.string()),
  cap_drop: z.array(z.string()).optional(),
  tmpfs: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.unknown().optional(),
  ports: z.array(z.string()).default([]),
});

describe('compose.yaml', () => {
  const compose = z
    .object({
      services: z.record(z.string(), service),
      networks: z.record(z.string(), z.unknown()),
      volumes: z.record(z.string(), z.unknown()),
      secrets: z.record(z.string(), z.object({ file: z.string() })),
    })
    .parse(parse(read('deploy/compose.yaml'), { merge: true }));
  const services = Object.entries(compose.services);
  const ours = services.filter(([, { image }]) => image === 'localhost/compte-assure');

  test('gives our processes settings that exist, and every one that production needs', () => {
    assert.deepEqual(
      ours.map(([name]) => name),
      ['migrate', 'web-a', 'web-b', 'worker'],
    );
    const names = [...Object.keys(environmentSchema.shape), ...secretSettings.map(fileSetting)];
    for (const [name, { environment, secrets }] of ours) {
      for (const [setting, value] of Object.entries(environment)) {
        assert.ok(names.includes(setting), `${name}: ${setting}`);
        assert.ok(!secretSettings.includes(setting), `${name}: ${setting} in clear`);
        if (setting.endsWith('_FILE'))
          assert.ok(secrets.includes(String(value).replace('/run/secrets/', '')), `${name}: ${value}`);
      }
      for (const required of ['LEGAL_BASIS', 'PUBLIC_URL', 'MAIL_FROM'])
        assert.ok(required in environment, `${name}: ${required}`);
      for (const required of ['DATABASE_URL', 'MASTER_KEYS', 'PASSWORD_PEPPERS', 'SMTP_URL'])
        assert.ok(fileSetting(required) in environment, `${name}: ${required}`);
    }
  });

  test('each service has a root that it cannot write, no privileges to gain, and a health', () => {
    for (const [name, { security_opt, cap_drop, image, healthcheck, ports }] of services) {
      assert.deepEqual(security_opt, ['no-new-privileges:true'], name);
      // PostgreSQL starts as root, to become its own user.
      if (name !== 'database') assert.deepEqual(cap_drop, ['ALL'], name);
      assert.doesNotMatch(image, /:latest$/);
      // Also ours: Podman leaves the health check out of an image.
      assert.ok(healthcheck, name);
      if (!image.startsWith('localhost/')) assert.match(image, /:\d/);
      if (name !== 'proxy') assert.deepEqual(ports, [], `${name} is reached through the proxy alone`);
    }
  });

  test('what services name is there: networks, secrets, files, commands', () => {
    const used = { networks: new Set<string>(), secrets: new Set<string>() };
    for (const [name, { networks, secrets, volumes }] of services) {
      for (const network of Array.isArray(networks) ? networks : Object.keys(networks))
        used.networks.add(network);
      for (const secret of secrets) used.secrets.add(secret);
      for (const [source = ''] of volumes.map((volume) => volume.split(':')))
        assert.ok(
          source.startsWith('./') ? existsSync(join(root, 'deploy', source)) : source in compose.volumes,
          `${name}: ${source}`,
        );
    }
    assert.deepEqual([...used.networks].sort(), Object.keys(compose.networks).sort());
    assert.deepEqual([...used.secrets].sort(), Object.keys(compose.secrets).sort());
    for (const [name, { file }] of Object.entries(compose.secrets)) {
      assert.equal(file, `./secrets/${name}`);
      const maker = read('deploy/container/make-secrets');
      assert.ok(
        maker.includes(name.replace(/^(postgres|owner|service)_/, '')),
        `${name} is made or asked for`,
      );
    }
    assert.match(read('.gitignore'), /^\/deploy\/secrets\/$/m);
    for (const [, { command }] of ours) assert.ok(['', 'migrate', 'worker'].includes(command.join(' ')));
  });

  test('every member of the network of the proxy has an address of its own, which the others name', () => {
    const members = services.flatMap(([name, { networks }]) =>
      Array.isArray(networks)
        ? networks.filter((network) => network === 'front').map(() => [name, 'any'] as const)
        : Object.entries(networks).flatMap(([network, settings]) =>
            network === 'front'
              ? [[name, z.object({ ipv4_address: z.string() }).parse(settings).ipv4_address] as const]
              : [],
          ),
    );
    const addresses = new Map(members);
    assert.deepEqual([...addresses.keys()].sort(), ['proxy', 'web-a', 'web-b']);
    assert.equal(new Set(addresses.values()).size, 3);
    for (const [, { environment }] of ours) assert.equal(environment.TRUST_PROXY, addresses.get('proxy'));
    const proxy = read('deploy/container/haproxy.cfg');
    for (const name of ['web-a', 'web-b'])
      assert.match(
        proxy,
        new RegExp(`^ {2}server \\w ${addresses.get(name)?.replaceAll('.', '\\.')}:3000$`, 'm'),
      );
  });
});
