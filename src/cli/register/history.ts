import { withMigratedDatabase } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { formatAsOf } from '#src/register-import/as-of.ts';
import { type Concerned, findConcerned, findImports, type PastImport } from '#src/register-import/history.ts';

export interface HistoryOptions {
  readonly last: number;
}

const mostConcerned = 100_000;

/** What is printed of the counts of an import, in this order, where there are any. */
const shown = [
  'read',
  'accepted',
  'rejected',
  'added',
  'updated',
  'unchanged',
  'absent',
  'left',
  'returned',
  'died',
  'unknown',
  'closed',
  'reopened',
  'concerned',
];

/** Prints the imports of the register, the latest first; or one of them, with the accounts that it concerned. */
export async function showHistory(
  terminal: Terminal,
  id: string | null,
  { last }: HistoryOptions,
): Promise<ExitCode> {
  if (id !== null && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    terminal.err('compte: an import is named by the identifier that compte register history prints');
    return exitCodes.usage;
  }
  return withMigratedDatabase(terminal, async ({ db }) => {
    const imports = await findImports(db, { atMost: id === null ? last : 1, id });
    if (imports.length === 0) {
      terminal.err(
        id === null ? 'compte: nothing was imported yet' : 'compte: no import has this identifier',
      );
      return id === null ? exitCodes.done : exitCodes.failed;
    }
    for (const one of imports) for (const line of linesOf(one)) terminal.out(line);
    if (id === null) return exitCodes.done;
    const concerned = await findConcerned(db, id, mostConcerned);
    if (concerned.length === 0) terminal.out('accounts: none is concerned');
    for (const one of concerned) terminal.out(concernedLine(one));
    return exitCodes.done;
  });
}

function linesOf({ id, at, origin, kind, since, asOf, sha256, refusedFor, counts }: PastImport): string[] {
  const dates = [
    ...(since ? [`since ${formatAsOf(since)}`] : []),
    ...(asOf ? [`as of ${formatAsOf(asOf)}`] : []),
  ];
  const outcome = refusedFor === null ? 'loaded' : `REFUSED (${refusedFor})`;
  const written = shown.filter((name) => counts[name]);
  return [
    `${at.toISOString().slice(0, 16)}Z ${[kind, ...dates].join(' ')}: ${outcome}`,
    `  ${id}, by ${origin.by}, file ${origin.fileName ?? '-'}, sha256 ${sha256?.toString('hex') ?? 'not known'}`,
    `  ${written.map((name) => `${name} ${counts[name]}`).join(', ') || 'nothing was read'}`,
  ];
}

const words: Readonly<Record<Concerned['what'], string>> = {
  left: 'left the register',
  returned: 'is in the register again',
  died: 'died',
  lives: 'lives after all',
};

/** A line about somebody with an account, without a word that names them. */
function concernedLine({ what, reference, supportCode, status }: Concerned): string {
  return `account ${reference} (${status})${supportCode === null ? '' : `, support code ${supportCode}`}: ${words[what]}`;
}
