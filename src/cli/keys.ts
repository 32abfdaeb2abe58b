import type { CommandGroup } from '#src/cli/command-group.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { openProgress } from '#src/cli/progress.ts';
import { exitCodes } from '#src/cli/terminal.ts';

export function addKeysCommands({ program, terminal, run }: CommandGroup): void {
  const keys = program.command('keys').description('the keys of the installation');

  keys
    .command('generate')
    .description('print new keys for the environment; nothing is stored')
    .option('--add', 'put them after the ones of this environment: they only open, until they are promoted')
    .action((options: { add?: true }) =>
      run(async () => {
        const { generateKeys } = await import('#src/cli/keys-generate.ts');
        return generateKeys(terminal, options.add ?? false);
      }),
    );

  keys
    .command('promote')
    .description('print the keys of this environment with the newest first: the one that writes')
    .action(() =>
      run(async () => {
        const { promoteKeys } = await import('#src/cli/keys-generate.ts');
        return promoteKeys(terminal);
      }),
    );

  keys
    .command('rotate')
    .description(
      'seal again under the first of MASTER_KEYS what the others sealed (may be stopped and repeated)',
    )
    .option('--dry-run', 'only count')
    .action((options: { dryRun?: true }) => run(() => rotate(options.dryRun ?? false)));

  keys
    .command('retire')
    .description(
      'rewrite everything that a key of MASTER_KEYS made, as the owner of the database, so that it can go',
    )
    .argument('<number>', 'the key: not the one that writes')
    .option('--close-proofs', 'close proofs by card that no import has made anew')
    .option(
      '--pepper',
      'a key of PASSWORD_PEPPERS instead: passwords under it end, their owners ask for new ones',
    )
    .action((number: string, options: { closeProofs?: true; pepper?: true }) =>
      run(async () => {
        const { retire, retirePepper } = await import('#src/cli/keys-retire.ts');
        return options.pepper
          ? retirePepper(terminal, Number(number))
          : retire(terminal, Number(number), options.closeProofs ?? false);
      }),
    );

  function rotate(dryRun: boolean) {
    return withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
      const { openKeyring } = await import('#src/crypto/keyring.ts');
      const { resealAll } = await import('#src/installation/reseal.ts');
      const keyring = openKeyring(secrets.masterKeys.reveal());
      const progress = openProgress(terminal);
      const onProgress = (table: string, done: number) => progress.at(null, `${table}: ${done}`);
      const counts = await resealAll(db, keyring, { dryRun, onProgress });
      progress.end();
      for (const { table, resealed, unreadable } of counts) {
        const lost = unreadable > 0 ? `, ${unreadable} that no configured key opens` : '';
        terminal.out(`${table}: ${resealed} ${dryRun ? 'to seal again' : 'sealed again'}${lost}`);
      }
      terminal.out(`current key: ${keyring.current}`);
      return counts.every(({ unreadable }) => unreadable === 0) ? exitCodes.done : exitCodes.failed;
    });
  }
}
