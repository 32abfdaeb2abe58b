import { statSync } from 'node:fs';
import { openPlace, type Place } from '#src/cli/deposit/place.ts';
import { readNamedFile } from '#src/cli/deposit/read-named-file.ts';
import { type Configured, withMigratedDatabase } from '#src/cli/installation.ts';
import { openProgress, type Progress } from '#src/cli/progress.ts';
import { openRejectReport, type RejectReport } from '#src/cli/register/reject-report.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { depositLines, type LineCounts } from '#src/depot/deposit-lines.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { openFileJudge } from '#src/files/judge-file.ts';
import { linesOf } from '#src/files/lines.ts';
import { type OpenFile, openFile, UnusableFile } from '#src/files/open-file.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { findSender, type Sender } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';

export interface DepositFileOptions {
  readonly sender: string;
  readonly pdfDir?: string;
  readonly dryRun?: true;
  readonly rejected?: string;
  readonly resume?: true;
}

/** Longer than any deposit: a message of 20 000 characters, each written as an escape. */
const mostBytesOfLine = 256 * 1024;

/** What one run works with. */
interface Run {
  readonly terminal: Terminal;
  readonly options: DepositFileOptions;
  readonly file: OpenFile;
  readonly progress: Progress;
  readonly rejects: RejectReport;
  readonly place: Place | null;
}

/** Streams the file into deposits; reports lines set aside by number, field and code, never their content. */
export async function depositFile(
  terminal: Terminal,
  path: string,
  options: DepositFileOptions,
): Promise<ExitCode> {
  if (options.pdfDir !== undefined && !statSync(options.pdfDir, { throwIfNoEntry: false })?.isDirectory())
    throw new UnusableFile('--pdf-dir names no folder');
  const file = await openFile(path, terminal.input);
  const progress = openProgress(terminal);
  let open: RejectReport | null = null;
  try {
    const place = options.resume && !options.dryRun ? openPlace(path, options.sender) : null;
    const append = place !== null && place.line > 0;
    const rejects = openRejectReport(terminal, { path: options.rejected ?? null, input: path, append });
    open = rejects;
    const run: Run = { terminal, options, file, progress, rejects, place };
    return await withMigratedDatabase(terminal, async (database, configured) => {
      const sender = await findSender(database.db, options.sender);
      if (sender && sender.disabledAt === null) {
        const files = openFileJudge({ clamd: configured.config.clamd });
        try {
          return await depositIn(run, { ...database, judgeFile: files.judge }, configured, sender);
        } finally {
          await files.close();
        }
      }
      terminal.err(
        sender
          ? `compte: the sender ${options.sender} is disabled: compte sender enable`
          : `compte: there is no sender ${options.sender}: compte sender list, compte sender add`,
      );
      return exitCodes.refused;
    });
  } finally {
    progress.end();
    open?.close();
    await file.close();
  }
}

async function depositIn(
  { terminal, options, file, progress, rejects, place }: Run,
  { db, judgeFile }: Pick<Services, 'db' | 'judgeFile'>,
  { config, secrets }: Configured,
  sender: Sender,
): Promise<ExitCode> {
  const services = {
    db,
    keyring: openKeyring(secrets.masterKeys.reveal()),
    random: systemRandom,
    policy: loadPolicy(config.policy),
    judgeFile,
  };
  const dryRun = options.dryRun ?? false;
  const began = performance.now();
  if (!dryRun) await openDepositMonths(services, systemClock.now());
  if (place && place.line > 0) terminal.err(`going on after line ${place.line}`);
  let done: LineCounts | null = null;
  const counts = await depositLines(services, sender, linesOf(file.bytes, mostBytesOfLine), {
    clock: systemClock,
    dryRun,
    skip: place?.line ?? 0,
    readFile: (name) => readNamedFile(options.pdfDir ?? null, name),
    onRefused: (line, { field, code, remedy }) => rejects.add({ line, field, code, remedy }),
    onDone(line, soFar) {
      const { read } = soFar;
      done = soFar;
      rejects.flush();
      place?.keep(line);
      progress.at(file.share(), `${read} lines, ${rate(read, began)}`);
    },
  }).catch((error: unknown) => {
    // Cut short, or written to meanwhile: what is done stays.
    if (!(error instanceof UnusableFile) || done === null || done.read === 0) throw error;
    progress.end();
    rejects.print();
    report(terminal, done, dryRun, rate(done.read, began));
    terminal.err(`compte: ${error.message}`);
    terminal.err('what comes after these lines is not done: start again with the whole file');
    return null;
  });
  if (counts === null) return exitCodes.failed;
  progress.end();
  rejects.print();
  place?.remove();
  if (counts.read === 0 && (place?.line ?? 0) === 0) {
    terminal.err('compte: the file holds nothing: have it written again');
    return exitCodes.refused;
  }
  report(terminal, counts, dryRun, rate(counts.read, began));
  return counts.refused > 0 ? exitCodes.rejects : exitCodes.done;
}

function rate(lines: number, began: number): string {
  return `${Math.round(lines / Math.max(0.001, (performance.now() - began) / 1000))} a second`;
}

function report(terminal: Terminal, counts: LineCounts, dryRun: boolean, speed: string): void {
  const { read, accepted, repeated, refused } = counts;
  terminal.out(`read ${read}, set aside ${refused} (${speed})`);
  terminal.out(`${dryRun ? 'would be: ' : ''}deposited ${accepted}, repeated ${repeated}`);
  if (dryRun) terminal.out('dry run: nothing was written');
}
