import { spawn } from 'node:child_process';
import { openPostgres } from './postgres.ts';

/**
 * Runs a command with a temporary PostgreSQL server, whose address is in TEST_DATABASE_URL, and its socket in TEST_DATABASE_SOCKET.
 *
 *     node scripts/with-postgres.ts node --env-file=test/environment --test FILE …
 */

const [command, ...args] = process.argv.slice(2);
if (!command) throw new Error('Usage: node scripts/with-postgres.ts COMMAND [ARGUMENT …]');

// Hundreds of databases are created from a template and dropped: none has to survive a power failure.
const server = await openPostgres(['fsync=off', 'full_page_writes=off', 'autovacuum=off']);
try {
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: {
      ...process.env,
      TEST_DATABASE_URL: server.url,
      TEST_DATABASE_SOCKET: server.socketFolder,
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
} finally {
  await server.remove();
}
