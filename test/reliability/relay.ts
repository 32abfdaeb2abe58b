import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../../scripts/free-port.ts';
import type { Closing } from '../setting/database.ts';

/** What stands between a process and its database. */
export interface Relay {
  /** The database as seen through it. */
  readonly url: string;
  /** Takes connections from now on: until then they are refused. */
  open(): Promise<void>;
  /** The connections that there are fall silent, as on a network that is cut: nothing is refused. Later ones pass. */
  silence(): void;
}

export async function relayTo(t: Closing, url: string): Promise<Relay> {
  const aim = new URL(url);
  const { hostname, port } = aim;
  const sockets: Socket[] = [];
  const relay = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      socket.on('error', () => {});
      sockets.push(socket);
    }
    near.pipe(far).pipe(near);
  });
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });
  const ours = await freePort();
  aim.port = String(ours);
  return {
    url: aim.href,
    open: () => new Promise((resolve) => relay.listen(ours, '127.0.0.1', resolve)),
    silence() {
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
  };
}
