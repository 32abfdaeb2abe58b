import type { Log } from '#src/log/log.ts';

/**
 * What nobody caught ends the process, through the log: Node itself would print the error with its message and
 * its fields, which may hold what a person typed.
 */
export function logCrashes(log: Log): void {
  process.on('uncaughtException', (error, kind) => {
    log.fatal({ event: 'crashed', kind, error });
    process.exit(70);
  });
}
