import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileCode } from '#src/cli/error-text.ts';
import type { OrderOptions } from '#src/cli/person/command.ts';
import { withPerson } from '#src/cli/person/open-person.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { maskEmail } from '#src/contact/email-address.ts';
import { openPdfPress } from '#src/documents/pdf/press.ts';
import { type Copies, exportPerson } from '#src/person/export-person.ts';

/** Writes both files into a folder; neither stays where the event that tells of them cannot be stored. */
export function exportCopies(
  terminal: Terminal,
  argument: string | undefined,
  options: OrderOptions & { readonly out: string },
): Promise<ExitCode> {
  return withPerson(terminal, argument, options, async (services, found, order) => {
    const pdf = openPdfPress();
    const now = services.clock.now();
    const ref = found.personKey.toString('hex', 0, 4);
    const day = now.toISOString().slice(0, 10);
    const path = (file: keyof Copies) => join(options.out, `person-${ref}-${day}.${file}`);
    const written: string[] = [];
    const save = async (copies: Copies) => {
      try {
        await mkdir(options.out, { recursive: true, mode: 0o700 });
        for (const file of ['json', 'pdf'] as const) {
          await using copy = await open(path(file), 'wx', 0o600);
          // From here on it is ours to delete, also when the disk is full half-way.
          written.push(path(file));
          await copy.writeFile(copies[file]);
        }
      } catch (error) {
        throw unwritable(error);
      }
    };
    try {
      const { data, told } = await exportPerson({ ...services, pdf }, found, order, now, save);
      const verb = order.isRehearsal ? 'would be written' : 'written';
      for (const [name, rows] of Object.entries(data))
        if (rows.length > 0) terminal.out(`${String(rows.length).padStart(6)}  ${name}`);
      for (const file of ['json', 'pdf'] as const) terminal.out(`${verb}: ${path(file)}`);
      terminal.out(told === null ? 'told: nobody, no address is known' : `told: ${maskEmail(told)}`);
      return exitCodes.done;
    } catch (error) {
      for (const one of written) await rm(one, { force: true });
      throw error;
    } finally {
      await pdf.close();
    }
  });
}

function unwritable(error: unknown): Error {
  const code = fileCode(error);
  return new Error(
    code === 'EEXIST'
      ? '--out: the folder has the copies of today already: use them, or name another folder'
      : `--out: the copies cannot be written there (${code}), and none is left: name a folder where this user may write`,
  );
}
