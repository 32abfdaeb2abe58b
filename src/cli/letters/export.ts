import { loadReference } from '#src/caisses/lookup.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { openProgress } from '#src/cli/progress.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { claimBatch } from '#src/letters/batch/claim.ts';
import {
  type ExportedBatch,
  exportAgain,
  exportLetters,
  type LetterExport,
} from '#src/letters/batch/export.ts';
import { lettersStatus } from '#src/letters/batch/status.ts';
import { returnAddressWarning } from '#src/letters/return-address.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { systemClock } from '#src/time/clock.ts';

export interface ExportFolderOptions {
  readonly atMost: number;
  readonly again?: number;
  readonly dryRun?: true;
}

/** Exports one batch, or with `dryRun` reports what it would export. */
export async function exportToFolder(
  terminal: Terminal,
  folder: string,
  { atMost, again, dryRun }: ExportFolderOptions,
): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }, { config, secrets }) => {
    const services = {
      db,
      keyring: openKeyring(secrets.masterKeys.reveal()),
      clock: systemClock,
      random: systemRandom,
      policy: loadPolicy(config.policy),
      caisses: await loadReference(db),
    };
    const { returnAddress, canaryTo } = config.letters;
    const exporting: LetterExport = {
      services,
      publicUrl: config.web.publicUrl,
      returnAddress,
      canaryTo,
    };
    if (dryRun) {
      const options = { atMost, canary: canaryTo.length > 0, dryRun };
      const { resumed, letters, withheld } = await claimBatch(services, options, systemClock.now());
      terminal.out(`would ${resumed ? 'end a batch of' : 'export'} ${letters} letters, withhold ${withheld}`);
      terminal.out('dry run: nothing was written');
      return exitCodes.done;
    }
    if (canaryTo.length === 0)
      terminal.err('WARNING LETTERS_CANARY_ADDRESS is not set: nothing shows that letters arrive');
    const lost = returnAddressWarning(returnAddress, services.caisses.caisses);
    if (lost) terminal.err(`WARNING ${lost}`);
    const progress = openProgress(terminal);
    const options = {
      folder,
      atMost,
      onProgress: (done: number, all: number) => progress.at(done / all, `${done} letters`),
    };
    try {
      if (again !== undefined) {
        const exported = await exportAgain(exporting, again, options);
        progress.end();
        if (exported) report(terminal, exported);
        else terminal.err(`compte: there is no batch ${again}`);
        return exported ? exitCodes.done : exitCodes.failed;
      }
      const { exported, withheld } = await exportLetters(exporting, options);
      progress.end();
      if (exported) report(terminal, exported);
      else terminal.out('nothing to export');
      terminal.out(`withheld ${withheld}, still waiting ${(await lettersStatus(db)).waiting}`);
      if (!exported?.isSecondCopy) return exitCodes.done;
      terminal.err(
        `compte: another export has handed over batch ${exported.number} meanwhile: print one of the two copies`,
      );
      return exitCodes.failed;
    } finally {
      progress.end();
    }
  });
}

function report(terminal: Terminal, { number, folder, manifest, resumed }: ExportedBatch): void {
  const letters = manifest.letters.filter(({ canary }) => !canary).length;
  const canary = manifest.count > letters ? ' and the canary' : '';
  terminal.out(`batch ${number}${resumed ? ' (begun before)' : ''}: ${letters} letters${canary}`);
  const pages = manifest.letters.reduce((sum, letter) => sum + letter.pages, 0);
  const enclosures = manifest.letters.reduce((sum, letter) => sum + letter.enclosures.length, 0);
  terminal.out(`${pages} pages${enclosures > 0 ? ` and ${enclosures} enclosures` : ''} in ${folder}`);
}
