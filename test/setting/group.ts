import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { collectStatements } from './collected.ts';

/** Imported first by what runs many files in one process, which then calls `allLoaded`. */

collectStatements();

const loaded = Promise.withResolvers<void>();
export function allLoaded(): void {
  loaded.resolve();
}

// The runner begins while files are still loaded: were their first tests over before a file that waits for a browser has
// declared its own, everything shared would be closed too early.
test('the files of this group are loaded', () => loaded.promise);

// The runner tells only the message of what nobody caught, seldom its test: see untracked-promises.ts.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (fault) => process.stderr.write(`${event}: ${inspect(fault)}\n`));

const patienceMs = 60_000;

// What a test that failed has left open, a server or a program, would keep the process for ever, and the run with it.
after(() => {
  setTimeout(() => {
    process.stderr.write(`Still open after the last test: ${process.getActiveResourcesInfo().join(', ')}\n`);
    process.exit(1);
  }, patienceMs).unref();
});
