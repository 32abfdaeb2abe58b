import { availableParallelism } from 'node:os';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { openProgress } from '#src/cli/progress.ts';
import { openRejectReport, type RejectReport } from '#src/cli/register/reject-report.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import type { Encoding } from '#src/files/encoding.ts';
import { openFile } from '#src/files/open-file.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { type AsOf, formatAsOf } from '#src/register-import/as-of.ts';
import { type FormatName, openSource } from '#src/register-import/formats/open-records.ts';
import { type ImportSummary, importRegister } from '#src/register-import/import.ts';
import { type ImportRefusal, refusalText } from '#src/register-import/refusal.ts';
import { rejectText } from '#src/register-import/reject-text.ts';
import type { LineCounts } from '#src/register-import/sort-lines.ts';
import { exactly, type Share } from '#src/register-import/thresholds.ts';
import { systemClock } from '#src/time/clock.ts';

export interface ImportFileOptions {
  readonly dryRun?: true;
  readonly maxRejected: Share;
  readonly expect?: number;
  readonly expectWithin?: Share;
  readonly asOf?: AsOf;
  readonly acceptOlder?: true;
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
  const alsoReads = encoding === 'utf-8' ? (['csv'] as const) : (['csv', 'latin-1'] as const);
  const file = await openFile(path, terminal.input, alsoReads);
  const progress = openProgress(terminal);
  let openReport: RejectReport | null = null;
  try {
    const rejects = openRejectReport(terminal, { path: options.rejected ?? null, input: path });
    openReport = rejects;
    const opened = await openSource(file.bytes, { encoding, format: options.format ?? null });
    if (!opened.ok) return refused(terminal, { reason: 'columns', ...opened }, nobody);
    return await withMigratedDatabase(terminal, async ({ db, pool }, { config, secrets }) => {
      const outcome = await importRegister(db, openKeyring(secrets.masterKeys.reveal()), opened.source, {
        format: opened.format,
        // The embedded database has one session, and nothing to gain from threads.
        bulk: secrets.databaseUrl === null ? null : { pool, threads: availableParallelism() },
        now: systemClock.now(),
        uuid: systemRandom.uuid(),
        cards: loadPolicy(config.policy).proof,
        dryRun: options.dryRun ?? false,
        maxRejected: options.maxRejected,
        ...(options.expect === undefined
          ? {}
          : { expected: { lines: options.expect, within: options.expectWithin ?? exactly } }),
        asOf: options.asOf ?? null,
        writtenAt: file.modifiedAt,
        sha256: file.sha256,
        acceptOlder: options.acceptOlder ?? false,
        countWithin: options.countWithin,
        maxAbsent: options.maxAbsent,
        maxRepeated: options.maxRepeated,
        onProgress: (read) => progress.at(file.share(), `${read} lines`),
        onReject: (reject) => rejects.add(rejectText(reject)),
      });
      progress.end();
      rejects.print();
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

const nobody: LineCounts = { read: 0, accepted: 0, rejected: 0 };

function refused(terminal: Terminal, refusal: ImportRefusal, counts: LineCounts): ExitCode {
  terminal.err(`compte: the file is refused: ${refusalText(refusal, counts)}`);
  terminal.out(`${counted(counts)}; nothing was written`);
  return exitCodes.refused;
}

function counted({ read, accepted, rejected }: LineCounts): string {
  return `read ${read}, accepted ${accepted}, set aside ${rejected}`;
}

function report(terminal: Terminal, summary: ImportSummary): void {
  const { people, accounts, dryRun, batch, asOf, loadedBefore } = summary;
  const { added, updated, unchanged, absent } = people;
  const would = dryRun ? 'would be: ' : '';
  terminal.out(counted(summary));
  terminal.out(
    `${would}added ${added}, updated ${updated}, unchanged ${unchanged}, not in the file ${absent}`,
  );
  const { closed, reopened } = accounts;
  if (closed > 0) terminal.out(`${would}closed for deceased people ${closed}`);
  if (reopened > 0) terminal.out(`${would}given back to people who live after all ${reopened}`);
  if (loadedBefore)
    terminal.out(
      `this very file was loaded on ${loadedBefore.toISOString().slice(0, 16)}Z${added + updated === 0 ? ': nothing changes' : ''}`,
    );
  if (dryRun) terminal.out('dry run: nothing was written');
  else terminal.out(`import ${batch}${asOf ? `, as of ${formatAsOf(asOf)}` : ''}`);
}
