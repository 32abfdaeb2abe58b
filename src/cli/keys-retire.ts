import { withMigratedDatabase } from '#src/cli/installation.ts';
import { openProgress } from '#src/cli/progress.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { endPepper } from '#src/installation/retire/end-pepper.ts';
import { retireKey } from '#src/installation/retire/retire-key.ts';
import { currentPepper } from '#src/passwords/password-hash.ts';
import { systemClock } from '#src/time/clock.ts';

/** Rewrites everything made with a master key; reports what people will notice, and what is left to do. */
export async function retire(terminal: Terminal, version: number, closeProofs: boolean): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
    const keyring = openKeyring(secrets.masterKeys.reveal());
    const progress = openProgress(terminal);
    const onProgress = (what: string, done: number) => progress.at(null, `${what}: ${done}`);
    const retiring = { keyring, version, now: systemClock.now(), onProgress };
    const done = await retireKey(db, retiring, { closeProofs }).finally(() => progress.end());
    if (done.kind === 'refused') {
      terminal.err(`compte: ${done.explanation}`);
      return exitCodes.failed;
    }
    terminal.out(
      `${done.moved} people moved to key ${keyring.current}, ${done.unnamed} whom nothing names any more`,
    );
    if (done.proofsClosed > 0)
      terminal.out(`${done.proofsClosed} proofs by card closed until the next import`);
    terminal.out(`nothing is left of key ${version}: take it out of MASTER_KEYS`);
    return exitCodes.done;
  });
}

/** Ends the passwords under a disclosed pepper: their owners must reset them. */
export async function retirePepper(terminal: Terminal, version: number): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }, { secrets, config }) => {
    const current = currentPepper(secrets.peppers.reveal());
    if (version === current || !Number.isInteger(version)) {
      terminal.err(`compte: key ${version} writes: promote another one first`);
      return exitCodes.failed;
    }
    const ended = await endPepper(db, { version, current, cost: config.hash, now: systemClock.now() });
    terminal.out(`${ended} passwords ended: take key ${version} out of PASSWORD_PEPPERS`);
    return exitCodes.done;
  });
}
