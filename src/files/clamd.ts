import { connect, type Socket } from 'node:net';

/** Where clamd listens: a socket file, or an address of the own network. */
export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number };

/** `away`: it did not answer, or not in its protocol; nothing is known about the file. */
export type ClamdAnswer = 'clean' | 'found' | 'away';

const chunkBytes = 64 * 1024;

/** Has clamd scan a file (INSTREAM). */
export async function scan(address: ClamdAddress, bytes: Buffer, patienceMs: number): Promise<ClamdAnswer> {
  const said = await ask(address, patienceMs, (socket) => {
    socket.write('zINSTREAM\0');
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      const part = bytes.subarray(at, at + chunkBytes);
      const size = Buffer.alloc(4);
      size.writeUInt32BE(part.length);
      socket.write(size);
      socket.write(part);
    }
    socket.write(Buffer.alloc(4));
  });
  if (said === 'stream: OK') return 'clean';
  return said !== null && / FOUND$/.test(said) ? 'found' : 'away';
}

/** Whether clamd answers. */
export async function answersPing(address: ClamdAddress, patienceMs: number): Promise<boolean> {
  return (await ask(address, patienceMs, (socket) => socket.write('zPING\0'))) === 'PONG';
}

/** What clamd says to one command, without the final NUL; null when it said nothing whole in time. */
function ask(
  address: ClamdAddress,
  patienceMs: number,
  send: (socket: Socket) => unknown,
): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(address, () => send(socket));
    let said = '';
    const deadline = setTimeout(() => done(null), patienceMs);
    function done(answer: string | null): void {
      clearTimeout(deadline);
      socket.destroy();
      resolve(answer);
    }
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      said += text;
      const end = said.indexOf('\0');
      if (end >= 0 || said.length > 1_000) done(end >= 0 ? said.slice(0, end) : null);
    });
    socket.on('error', () => done(null));
    socket.on('close', () => done(null));
  });
}
