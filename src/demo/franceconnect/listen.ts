import type { Server } from 'node:http';

const loopback = '127.0.0.1';
const furthest = 20;

/** Listens on this machine only: on `first`, or the next port that is free; 0 is any. Answers the address. */
export async function listenHere(server: Server, first: number): Promise<string> {
  for (let port = first; ; port += 1) {
    const taken = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (error) =>
        'code' in error && error.code === 'EADDRINUSE' && port < first + furthest
          ? resolve(true)
          : reject(error),
      );
      server.listen(port, loopback, () => resolve(false));
    });
    server.removeAllListeners('error');
    const address = server.address();
    if (!taken && address instanceof Object) return `http://${loopback}:${address.port}`;
  }
}
