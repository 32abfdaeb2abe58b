import { join } from 'node:path';
import { refuseConfiguration } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { loadWorkshopConfiguration } from '#src/config/safety/workshop.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { systemClock } from '#src/time/clock.ts';
import { freeIdentifier, identifierOf } from '#src/workshop/accounts/identifier.ts';
import { invitationDays, makeSecret, newTrainerId } from '#src/workshop/accounts/secrets.ts';
import {
  openTrainerStore,
  type TrainerAccount,
  type TrainerStore,
  trainersFile,
} from '#src/workshop/accounts/store.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** Runs with the accounts of the permanent site that is configured; the site itself may run meanwhile. */
function withTrainers(
  terminal: Terminal,
  run: (store: TrainerStore, publicUrl: string) => ExitCode,
): ExitCode {
  const decision = loadWorkshopConfiguration(terminal.env, systemRandom);
  if (!decision.ok) return refuseConfiguration(terminal, decision.problems);
  const { site, config } = decision;
  if (!site)
    return refuseConfiguration(terminal, [
      'ATELIER_PUBLIC_URL: is missing: only a permanent site has accounts of trainers',
    ]);
  const store = openTrainerStore(join(config.dataDir, 'atelier', trainersFile));
  try {
    return run(store, site.publicUrl);
  } finally {
    store.close();
  }
}

function linkFor(store: TrainerStore, publicUrl: string, id: string): string {
  const { secret, digest } = makeSecret(systemRandom);
  store.invite(id, digest, new Date(systemClock.now().getTime() + invitationDays * 86_400_000));
  return publicUrl + workshopPaths.invitation.replace(':jeton', secret);
}

function printLink(terminal: Terminal, { name, identifier }: TrainerAccount, link: string): void {
  terminal.out(`${name} (${identifier}): send this link, good once and for ${invitationDays} days:`);
  terminal.out(link);
}

export function inviteTrainer(terminal: Terminal, name: string): ExitCode {
  return withTrainers(terminal, (store, publicUrl) => {
    const identifier = freeIdentifier(identifierOf(name), (one) => store.find(one) !== null);
    const account = store.add({ id: newTrainerId(systemRandom), name, identifier }, systemClock.now());
    if (!account) {
      terminal.err(`compte: ${identifier} was taken a moment ago: invite again`);
      return exitCodes.failed;
    }
    printLink(terminal, account, linkFor(store, publicUrl, account.id));
    return exitCodes.done;
  });
}

/** For a passphrase that was forgotten, a link that was lost, or an account that was revoked. */
export function inviteAgain(terminal: Terminal, identifier: string): ExitCode {
  return withTrainers(terminal, (store, publicUrl) => {
    const account = store.find(identifier);
    if (!account) return unknown(terminal, identifier);
    if (account.enters === 'provider') {
      store.admit(account.id);
      terminal.out(`${account.name} (${identifier}) enters by the provider again: no link is needed`);
      return exitCodes.done;
    }
    printLink(terminal, account, linkFor(store, publicUrl, account.id));
    return exitCodes.done;
  });
}

export function listTrainers(terminal: Terminal): ExitCode {
  return withTrainers(terminal, (store) => {
    for (const { identifier, name, enters, revokedAt, createdAt, lastSeenAt } of store.list()) {
      const state = revokedAt ? `revoked ${day(revokedAt)}` : enters;
      const seen = lastSeenAt ? `last seen ${day(lastSeenAt)}` : 'never seen';
      terminal.out([identifier, name, state, `since ${day(createdAt)}`, seen].join('  '));
    }
    return exitCodes.done;
  });
}

export function revokeTrainer(terminal: Terminal, identifier: string): ExitCode {
  return withTrainers(terminal, (store) => {
    if (!store.revoke(identifier, systemClock.now())) return unknown(terminal, identifier);
    terminal.out(`${identifier}: signed out everywhere, and cannot enter any more; the classes stay`);
    return exitCodes.done;
  });
}

export function removeTrainer(terminal: Terminal, identifier: string): ExitCode {
  return withTrainers(terminal, (store) => {
    if (!store.remove(identifier)) return unknown(terminal, identifier);
    terminal.out(`${identifier}: removed; the site erases the classes within a minute`);
    return exitCodes.done;
  });
}

function unknown(terminal: Terminal, identifier: string): ExitCode {
  terminal.err(`compte: no trainer is called ${identifier}: see compte atelier trainers`);
  return exitCodes.failed;
}

function day(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
