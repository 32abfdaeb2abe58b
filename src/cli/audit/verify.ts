import { type AnchoredHead, mostAnchorLineBytes, readAnchor } from '#src/audit/anchor.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { type AnchorBreak, verifyAnchor } from '#src/audit/verify-anchor.ts';
import { verifySeals } from '#src/audit/verify-seals.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { type Keyring, openKeyring } from '#src/crypto/keyring.ts';
import { linesOf } from '#src/files/lines.ts';
import { openFile, UnusableFile } from '#src/files/open-file.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';

export function verify(terminal: Terminal, atLeast: number, anchors: readonly string[]): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
    const keyring = openKeyring(secrets.masterKeys.reveal());
    const { events, broken, brokenCount } = await verifyAudit(db);
    for (const { personRef, seq, reason } of broken)
      terminal.err(`person ${personRef}, event ${seq}: ${reason}`);
    const seals = await verifySeals(db, keyring);
    for (const { person, reason } of seals.broken)
      terminal.err(person === null ? `the whole trail: ${reason}` : `person ${person}: ${reason}`);
    const older = !(seals.total.number >= atLeast);
    if (older) terminal.err(`the whole trail: seal ${seals.total.number} is older than ${atLeast}`);
    let anchored = 0;
    for (const path of anchors)
      anchored += await againstAnchor(terminal, { db, keyring }, path, seals.total.number);
    const listed = broken.length + seals.broken.length + (older ? 1 : 0);
    const all = brokenCount + seals.brokenCount + (older ? 1 : 0);
    if (all > listed) terminal.err(`… and ${all - listed} more`);
    const { number, events: vouched, chains } = seals.total;
    terminal.out(`${events} events, ${all + anchored} broken`);
    terminal.out(
      `seal ${number}: ${vouched} events of ${chains} people; not sealed yet: ${seals.unsealed} people`,
    );
    return all + anchored === 0 ? exitCodes.done : exitCodes.failed;
  });
}

const reasons: Readonly<Record<AnchorBreak['reason'], string>> = {
  'another-event': 'another event stands there: the chain was rewritten',
  'event-missing': 'it is gone: the chain was cut, or an older database was restored',
  'chain-missing': 'the whole chain is gone, before any purge could take it',
};

/** How much of an anchor does not hold. */
async function againstAnchor(
  terminal: Terminal,
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  path: string,
  sealNow: number,
): Promise<number> {
  // Nothing that it says counts until all of it was read.
  for await (const _ of partsOf(terminal, keyring, path));
  const parts = partsOf(terminal, keyring, path);
  const { value: first } = await parts.next();
  if (!first || 'personKey' in first) throw new UnusableFile('the anchor begins with no heading');
  const heads = async function* (): AsyncGenerator<AnchoredHead> {
    for await (const part of parts) if ('personKey' in part) yield part;
  };
  const found = await verifyAnchor(db, first.at, heads(), systemClock.now());
  const { chains, broken, brokenCount, purged, recordedPurged } = found;
  const name = `anchor of ${first.at.toISOString()}`;
  for (const { person, seq, reason } of broken)
    terminal.err(`${name}: person ${person}, event ${seq}: ${reasons[reason]}`);
  if (brokenCount > broken.length) terminal.err(`${name}: … and ${brokenCount - broken.length} more`);
  const tooMany = purged > recordedPurged;
  if (tooMany)
    terminal.err(`${name}: ${purged} chains are gone, and purges since then recorded ${recordedPurged}`);
  const olderSeal = sealNow < first.seal;
  if (olderSeal) terminal.err(`${name}: it is of seal ${first.seal}, and the database has seal ${sealNow}`);
  const all = brokenCount + (tooMany ? 1 : 0) + (olderSeal ? 1 : 0);
  terminal.out(`${name}: ${chains} chains, ${purged} purged since, ${all} broken`);
  return all;
}

async function* partsOf(terminal: Terminal, keyring: Keyring, path: string) {
  if (path === '-') throw new UnusableFile('an anchor is read twice: save it first');
  const file = await openFile(path, terminal.input);
  try {
    yield* readAnchor(keyring, readable(file.bytes));
  } finally {
    await file.close();
  }
}

async function* readable(bytes: AsyncIterable<Buffer>) {
  for await (const line of linesOf(bytes, mostAnchorLineBytes)) {
    if ('problem' in line) throw new UnusableFile(`line ${line.number}: this is no anchor (${line.problem})`);
    yield line;
  }
}
