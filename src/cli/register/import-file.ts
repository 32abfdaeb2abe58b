import { availableParallelism, userInfo } from 'node:os';
import { basename } from 'node:path';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { openProgress } from '#src/cli/progress.ts';
import { expectedSha256, type ManifestOptions } from '#src/cli/register/manifest-file.ts';
import { paceText } from '#src/cli/register/pace.ts';
import { openRejectReport, type RejectReport } from '#src/cli/register/reject-report.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import type { Encoding } from '#src/files/encoding.ts';
import { openFile } from '#src/files/open-file.ts';
import { readAgent } from '#src/person/order.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { type AsOf, formatAsOf } from '#src/register-import/as-of.ts';
import type { FormatName } from '#src/register-import/formats/format-name.ts';
import { openSource } from '#src/register-import/formats/open-records.ts';
import { type ImportSummary, importRegister } from '#src/register-import/import.ts';
import { type Origin, recordRefusal } from '#src/register-import/record.ts';
import { type ImportRefusal, refusalText } from '#src/register-import/refusal.ts';
import { rejectTexts } from '#src/register-import/reject-text.ts';
import type { LineCounts } from '#src/register-import/sort-lines.ts';
import { exactly, type Share } from '#src/register-import/thresholds.ts';
import { systemClock } from '#src/time/clock.ts';

export interface ImportFileOptions extends ManifestOptions {
  readonly dryRun?: true;
  readonly maxRejected: Share;
  readonly expect?: number;
  readonly expectWithin?: Share;
  readonly asOf?: AsOf;
  readonly acceptOlder?: true;
  readonly delta?: true;
  readonly since?: AsOf;
  readonly acceptNameless?: true;
  readonly by?: string;
  readonly countWithin: Share;
  readonly maxAbsent: Share;
  readonly maxRepeated: Share;
  readonly rejected?: string;
  readonly format?: FormatName;
  readonly encoding: Encoding;
}

/** Streams the file into the register; reports lines set aside by number, field and code, never their content. */
export async function importRegisterFile(
  terminal: Terminal,
  path: string,
  options: ImportFileOptions,
): Promise<ExitCode> {
  const { encoding } = options;
  const by = options.by ?? userName();
  if (readAgent(by) === null) {
    terminal.err('compte: --by: 1 to 64 letters, digits, - and _, as in an agent’s number');
    return exitCodes.usage;
  }
  const origin: Origin = { by, fileName: path === '-' ? null : fileName(path) };
  const alsoReads = encoding === 'utf-8' ? (['csv'] as const) : (['csv', 'latin-1'] as const);
  const manifest = await expectedSha256(path, options);
  const file = await openFile(path, terminal.input, alsoReads);
  const progress = openProgress(terminal);
  const startedAt = performance.now();
  let resumed = 0;
  let openReport: RejectReport | null = null;
  try {
    const rejects = openRejectReport(terminal, { path: options.rejected ?? null, input: path });
    openReport = rejects;
    return await withMigratedDatabase(terminal, async ({ db, pool }, { config, secrets }) => {
      const policy = loadPolicy(config.policy);
      const now = systemClock.now();
      const uuid = systemRandom.uuid();
      const opened = await openSource(file.bytes, { encoding, format: options.format ?? null });
      if (!opened.ok) {
        const unread = { asOf: null, sha256: null, counts: {}, reason: 'columns' } as const;
        if (!options.dryRun)
          await recordRefusal(db, { id: uuid, now, origin, file: { kind: 'full' }, ...unread });
        return refused(terminal, { reason: 'columns', ...opened }, nobody);
      }
      const outcome = await importRegister(db, openKeyring(secrets.masterKeys.reveal()), opened.source, {
        format: opened.format,
        // The embedded database has one session, and nothing to gain from threads.
        bulk: secrets.databaseUrl === null ? null : { pool, threads: availableParallelism() },
        now,
        uuid,
        origin,
        said: saidOf(options),
        keepAccountDays: policy.departure.keepAccountDays,
        acceptNameless: options.acceptNameless ?? false,
        cards: policy.proof,
        dryRun: options.dryRun ?? false,
        maxRejected: options.maxRejected,
        ...(options.expect === undefined
          ? {}
          : { expected: { lines: options.expect, within: options.expectWithin ?? exactly } }),
        asOf: options.asOf ?? null,
        writtenAt: file.modifiedAt,
        sha256: file.sha256,
        expectedSha256: manifest,
        acceptOlder: options.acceptOlder ?? false,
        countWithin: options.countWithin,
        maxAbsent: options.maxAbsent,
        maxRepeated: options.maxRepeated,
        onProgress: (lines, before) => {
          const seconds = (performance.now() - startedAt) / 1000;
          const share = file.share();
          resumed = before;
          progress.at(share, paceText({ lines, before, share, seconds }));
        },
        onReject: (reject) => rejectTexts(reject).forEach(rejects.add),
        onRead: () => rejects.flush(),
      });
      progress.end();
      rejects.print();
      if (resumed > 0) terminal.err(`${resumed} lines were staged by an earlier run, and not read again`);
      if (outcome.kind === 'refused') return refused(terminal, outcome.refusal, outcome.counts);
      report(terminal, outcome.summary);
      return outcome.summary.rejected > 0 ? exitCodes.rejects : exitCodes.done;
    });
  } finally {
    progress.end();
    openReport?.close();
    await file.close();
  }
}

/** What the command says of the file; null: nothing. */
function saidOf({ delta, since }: ImportFileOptions) {
  return delta || since ? ({ kind: 'delta', since: since ?? null } as const) : null;
}

/** The user of the operating system, as an agent is named. */
function userName(): string {
  return (
    userInfo()
      .username.replace(/[^A-Za-z0-9_-]/g, '-')
      .slice(0, 64) || '-'
  );
}

/** The name of a file, without its folder, on one line. */
function fileName(path: string): string {
  return basename(path).replace(/\p{C}/gu, '?').slice(0, 200);
}

const nobody: LineCounts = { read: 0, accepted: 0, rejected: 0 };

function refused(terminal: Terminal, refusal: ImportRefusal, counts: LineCounts): ExitCode {
  terminal.err(`compte: the file is refused: ${refusalText(refusal, counts)}`);
  terminal.out(`${counted(counts)}; nothing was written`);
  return exitCodes.refused;
}

function counted({ read, accepted, rejected }: LineCounts): string {
  return `read ${read}, accepted ${accepted}, set aside ${rejected}`;
}

function changes({ kind, people }: ImportSummary): string {
  const { added, updated, unchanged, absent, left, returned, died, unknown } = people;
  const counts = [
    `added ${added}`,
    `updated ${updated}`,
    `unchanged ${unchanged}`,
    ...(kind === 'full' ? [`not in the file ${absent}`] : []),
    `left ${left}`,
    `back ${returned}`,
    ...(kind === 'delta' ? [`died ${died}`] : []),
    ...(unknown > 0 ? [`left or died and not in the register ${unknown}`] : []),
  ];
  return counts.join(', ');
}

function report(terminal: Terminal, summary: ImportSummary): void {
  const { people, accounts, dryRun, batch, asOf, loadedBefore } = summary;
  const { added, updated } = people;
  const would = dryRun ? 'would be: ' : '';
  terminal.out(counted(summary));
  terminal.out(`${would}${changes(summary)}`);
  if (summary.kind === 'full' && people.left < people.absent)
    terminal.err(
      `compte: nobody leaves the register: ${summary.nameless} lines that are set aside do not say whose they are; correct them, or say --accept-nameless`,
    );
  const { closed, reopened } = accounts;
  if (closed > 0) terminal.out(`${would}closed for deceased people ${closed}`);
  if (reopened > 0) terminal.out(`${would}given back to people who live after all ${reopened}`);
  if (summary.concerned > 0)
    terminal.out(
      `${would}concerned accounts ${summary.concerned}${dryRun ? '' : ` (compte register history ${batch} lists them)`}`,
    );
  if (loadedBefore)
    terminal.out(
      `this very file was loaded on ${loadedBefore.toISOString().slice(0, 16)}Z${added + updated === 0 ? ': nothing changes' : ''}`,
    );
  if (dryRun) terminal.out('dry run: nothing was written');
  else terminal.out(`import ${batch}${asOf ? `, as of ${formatAsOf(asOf)}` : ''}`);
}
