import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { launch, untilReady } from '../../bench/setting/process.ts';
import { publicHost } from '../../bench/setting/service.ts';
import { freePort } from '../../scripts/free-port.ts';
import type { Door } from '../client/visitors.ts';
import { NotHere, type Trial } from '../trial.ts';
import type { Node } from './node.ts';

/** The proxies whose examples we ship. */
export const proxies = ['HAProxy', 'nginx'] as const;
export type Proxy = (typeof proxies)[number];

type Nodes = readonly [Node, Node];

/** Starts a proxy before two web processes, with the example of `deploy/` but for its name, certificate and ports. */
export async function startProxy(trial: Trial, proxy: Proxy, nodes: Nodes): Promise<Door> {
  const folder = join(trial.folder, proxy);
  mkdirSync(folder);
  const certificate = makeCertificate(folder);
  const [https, http] = [await freePort(), await freePort()];
  const common: Replacement[] = [
    ['compte.example.fr', publicHost],
    ['127.0.0.1:3000', `127.0.0.1:${nodes[0].port}`],
    ['127.0.0.1:3010', `127.0.0.1:${nodes[1].port}`],
  ];
  const command = {
    HAProxy: () =>
      haproxy(folder, [
        ...common,
        ['bind :443', `bind 127.0.0.1:${https}`],
        ['bind :80', `bind 127.0.0.1:${http}`],
        ['/etc/ssl/compte/compte.pem', certificate.both],
      ]),
    nginx: () =>
      nginx(folder, [
        ...common,
        ['listen 443', `listen 127.0.0.1:${https}`],
        ['listen 80', `listen 127.0.0.1:${http}`],
        ['/etc/ssl/compte/fullchain.pem', certificate.chain],
        ['/etc/ssl/compte/key.pem', certificate.key],
      ]),
  }[proxy]();
  const env = { PATH: process.env.PATH ?? '' };
  const running = launch({ command, core: null, env, log: join(folder, `${proxy}.log`) });
  trial.atEnd(() => running.stop());
  const door = { origin: `https://127.0.0.1:${https}`, certificate: readFileSync(certificate.chain, 'utf8') };
  const dispatcher = new Agent({ connect: { ca: door.certificate, servername: publicHost } });
  trial.atEnd(() => dispatcher.destroy());
  await untilReady(running, async () => {
    const answer = await request(`${door.origin}/readyz`, { dispatcher, headers: { host: publicHost } });
    await answer.body.dump();
    return answer.statusCode === 200;
  });
  return door;
}

function haproxy(folder: string, replacements: readonly Replacement[]): readonly string[] {
  const config = join(folder, 'haproxy.cfg');
  writeFileSync(config, shipped('haproxy.cfg', replacements));
  return [installed('haproxy'), '-db', '-f', config];
}

/** Our file is one of `conf.d`: what stands around it is the least that nginx needs. */
function nginx(folder: string, replacements: readonly Replacement[]): readonly string[] {
  const [site, config] = [join(folder, 'site.conf'), join(folder, 'nginx.conf')];
  writeFileSync(site, shipped('nginx.conf', replacements));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${join(folder, name)};`,
  );
  const around = [
    ...[
      'worker_processes 2;',
      `pid ${join(folder, 'pid')};`,
      'events { worker_connections 1024; }',
      'http {',
    ],
    ...temporary,
    ...[`  include ${site};`, '}', ''],
  ];
  writeFileSync(config, around.join('\n'));
  return [installed('nginx'), '-e', join(folder, 'error.log'), '-c', config, '-g', 'daemon off;'];
}

type Replacement = readonly [what: string, by: string];

/** An example of `deploy/`; each of its parameters must be in it, so that none is forgotten. */
function shipped(name: string, replacements: readonly Replacement[]): string {
  let text = readFileSync(join(import.meta.dirname, '../../deploy', name), 'utf8');
  for (const [what, by] of replacements) {
    if (!text.includes(what)) throw new Error(`deploy/${name} has no ${what}`);
    text = text.replaceAll(what, by);
  }
  return text;
}

function installed(name: string): string {
  const program = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin']
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  if (program === undefined) throw new NotHere(`${name} is not installed`);
  return program;
}

/** Files of a certificate for our name, signed by itself: HAProxy reads one of them, nginx two. */
function makeCertificate(folder: string): {
  readonly key: string;
  readonly chain: string;
  readonly both: string;
} {
  const [key, chain, both] = [join(folder, 'key.pem'), join(folder, 'chain.pem'), join(folder, 'both.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const name = ['-subj', `/CN=${publicHost}`, '-addext', `subjectAltName=DNS:${publicHost}`];
  execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', chain], {
    stdio: 'ignore',
  });
  writeFileSync(both, readFileSync(chain, 'utf8') + readFileSync(key, 'utf8'));
  return { key, chain, both };
}
