import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Trial } from '../trial.ts';
import { openReader } from './wire-reader.ts';

/** What stands between the service and its database: it understands as much of the protocol as it takes to be nasty. */
export interface DatabaseLink {
  /** The address of the database through it. */
  url(user: string): string;
  /**
   * Once a write has been committed whose statement this chooses, its answer is thrown away and the connection is cut:
   * nobody can know what became of it. Null: all answers pass.
   */
  loseAnswers(when: ((statement: string) => boolean) | null): void;
  /** How many answers were lost so far. */
  lost(): number;
  /** Hears from now on of each statement, and the milliseconds until its answer was there. */
  watch(onStatement: (statement: string, ms: number) => void): void;
  /** What is sent to the database from now on arrives so much later. */
  delay(ms: number): void;
  /** Cuts every connection that there is. */
  cut(): void;
}

/** A statement that changes rows, or ends a transaction that has. */
const writes = /\b(insert\s+into|update\s|delete\s+from|commit\b)/i;

export async function openDatabaseLink(
  trial: Trial,
  { port, database = 'compte' }: { readonly port: number; readonly database?: string },
): Promise<DatabaseLink> {
  const sockets = new Set<Socket>();
  let losing: ((statement: string) => boolean) | null = null;
  let delayMs = 0;
  let lost = 0;
  let onStatement: (statement: string, ms: number) => void = () => {};

  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    const end = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    const reader = openReader();
    let askedAt: number | null = null;
    let turn: Promise<unknown> = Promise.resolve();
    near.on('data', (chunk: Buffer) => {
      reader.asked(chunk);
      askedAt ??= performance.now();
      const late = delayMs;
      if (late === 0) return void turn.then(() => far.write(chunk));
      const due = performance.now() + late;
      turn = turn.then(() => wait(Math.max(0, due - performance.now()))).then(() => far.write(chunk));
    });
    let held: Buffer[] = [];
    far.on('data', (chunk: Buffer) => {
      const ends = reader.answered(chunk);
      const { statement } = reader;
      if (ends !== null && askedAt !== null) {
        onStatement(statement, performance.now() - askedAt);
        askedAt = null;
      }
      if (losing === null || !writes.test(statement)) return void near.write(chunk);
      held.push(chunk);
      if (ends === null) return;
      if (ends === 'committed' && losing(statement)) {
        lost += 1;
        return end();
      }
      near.write(Buffer.concat(held));
      held = [];
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  trial.atEnd(() => {
    server.close();
    cut();
  });
  const address = server.address();
  const ours = typeof address === 'object' ? address?.port : undefined;
  return {
    url: (user) => `postgres://${user}@127.0.0.1:${ours}/${database}`,
    loseAnswers(when) {
      losing = when;
    },
    lost: () => lost,
    watch(listener) {
      onStatement = listener;
    },
    delay(ms) {
      delayMs = ms;
    },
    cut,
  };
}
