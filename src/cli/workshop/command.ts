import type { CommandGroup } from '#src/cli/command-group.ts';
import { refuseConfiguration, withConfiguration } from '#src/cli/installation.ts';
import { exitCodes } from '#src/cli/terminal.ts';

export function addWorkshopCommand({ program, terminal, run }: CommandGroup): void {
  program
    .command('atelier')
    .description(
      'a workshop: classes that learn to open an account, on invented people, on the local network',
    )
    .action(() => run(serveWorkshop));

  function serveWorkshop() {
    return withConfiguration(terminal, async ({ config, secrets }) => {
      if (config.mode !== 'demo')
        return refuseConfiguration(terminal, ['MODE: a workshop has invented people only, leave MODE out']);
      const [
        { openWorkshop },
        { openLog, standardOutput },
        { logCrashes },
        { stopSignal },
        { systemClock },
        { renderUnicodeCompact },
      ] = await Promise.all([
        import('#src/workshop/open.ts'),
        import('#src/log/log.ts'),
        import('#src/operations/crash.ts'),
        import('#src/operations/shutdown.ts'),
        import('#src/time/clock.ts'),
        import('uqr'),
      ]);
      const log = openLog({
        level: config.logLevel,
        format: config.logFormat,
        clock: systemClock,
        write: standardOutput(),
      });
      logCrashes(log);
      const stopped = stopSignal({ withParent: terminal.env.npm_lifecycle_event !== undefined });
      const stopping = new AbortController();
      stopped.then(() => stopping.abort());
      const workshop = await openWorkshop({ config, secrets, log, abandoned: stopping.signal });
      terminal.out(`
  The workshop is ready. Everybody in it is invented.

    For everybody in the room   ${workshop.url}
    Trainer’s code              ${workshop.pin}
    Stop                        press Ctrl+C; classes are kept

${renderUnicodeCompact(workshop.url, { border: 2 })}
`);
      await stopped;
      await workshop.close();
      return exitCodes.done;
    });
  }
}
