import { buildConnector, Pool } from 'undici';
import { type Browser, openBrowser } from '../../bench/client/browser.ts';
import { publicHost } from '../../bench/setting/service.ts';
import type { Node } from '../setting/node.ts';
import type { Trial } from '../trial.ts';

/** A browser whose connections go to two web processes in turns, as behind a proxy; so many at a time. */
export function browserOfBoth(
  trial: Trial,
  nodes: readonly [Node, Node],
  { ip, connections }: { readonly ip: string; readonly connections: number },
): Browser {
  const connector = buildConnector({});
  let opened = 0;
  const pool = new Pool(nodes[0].origin, {
    connections,
    pipelining: 1,
    connect(options, callback) {
      opened += 1;
      const node = nodes[opened % 2 === 0 ? 0 : 1];
      connector({ ...options, port: String(node.port) }, callback);
    },
  });
  trial.atEnd(() => pool.destroy());
  return openBrowser(pool, { host: publicHost, ip: () => ip, timeoutMs: 60_000 });
}
