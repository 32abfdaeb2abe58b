import { type CommandGroup, countingNumber } from '#src/cli/command-group.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { openProgress } from '#src/cli/progress.ts';
import { exitCodes } from '#src/cli/terminal.ts';

export function addKeysCommands({ program, terminal, run }: CommandGroup): void {
  const keys = program.command('keys').description('the keys of the installation');

  keys
    .command('generate')
    .description('print new keys for the environment; nothing is stored')
    .option('--add', 'append them to those of this environment: they only decrypt until they are promoted')
    .action((options: { add?: true }) =>
      run(async () => {
        const { generateKeys } = await import('#src/cli/keys-generate.ts');
        return generateKeys(terminal, options.add ?? false);
      }),
    );

  keys
    .command('promote')
    .description('print the keys of this environment with the newest first, which then encrypts')
    .action(() =>
      run(async () => {
        const { promoteKeys } = await import('#src/cli/keys-generate.ts');
        return promoteKeys(terminal);
      }),
    );

  keys
    .command('rotate')
    .description(
      'encrypt again under the first of MASTER_KEYS what the others encrypted (may be stopped and repeated)',
    )
    .option('--dry-run', 'only count')
    .action((options: { dryRun?: true }) => run(() => rotate(options.dryRun ?? false)));

  keys
    .command('retire')
    .description(
      'rewrite everything made with a key of MASTER_KEYS, as the owner of the database, so that the key can be removed',
    )
    .argument('<number>', 'the key; not the one that encrypts', countingNumber)
    .option('--close-proofs', 'close proofs by card that no import has recomputed')
    .option(
      '--pepper',
      'a key of PASSWORD_PEPPERS instead: its passwords end, and their owners must reset them',
    )
    .action((number: number, options: { closeProofs?: true; pepper?: true }) =>
      run(async () => {
        const { retire, retirePepper } = await import('#src/cli/keys-retire.ts');
        return options.pepper
          ? retirePepper(terminal, number)
          : retire(terminal, number, options.closeProofs ?? false);
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
