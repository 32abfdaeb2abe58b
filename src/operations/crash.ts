import type { Log } from '#src/log/log.ts';

/**
 * Logs an uncaught exception and ends the process. Node itself would print the error with its message and fields, which
 * may hold personal data.
 */
export function logCrashes(log: Log): void {
  process.on('uncaughtException', (error, kind) => {
    log.fatal({ event: 'crashed', kind, error });
    process.exit(70);
  });
}
