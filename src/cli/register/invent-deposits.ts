import { createWriteStream, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { shippedCaisses } from '#src/caisses/reference.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { writePdf } from '#src/documents/pdf/write.ts';
import {
  type Insured,
  inventLetters,
  inventPayments,
  inventRightsItem,
} from '#src/fictitious/deposits/invent.ts';
import { inventPaper, paperNames, papersWrittenOn, paperTitle } from '#src/fictitious/deposits/papers.ts';
import { people } from '#src/fictitious/people.ts';
import { linesOf } from '#src/files/lines.ts';
import { openFile } from '#src/files/open-file.ts';
import { readLine } from '#src/register/line-check.ts';
import { paymentWindow } from '#src/reimbursement/window.ts';
import { systemClock } from '#src/time/clock.ts';
import { parisDate } from '#src/time/paris.ts';

export interface InventDepositsOptions {
  readonly seed: number;
  readonly months: number;
  readonly today?: string;
  readonly out: string;
  readonly pdfDir: string;
}

const mostBytesOfLine = 64 * 1024;
const named = new Map(people.map(({ cle, line }) => [line.nir, cle]));

/** Writes what a caisse would deposit for the people of a register file: lines for `compte deposit`, and their files. */
export async function inventDepositsFile(
  terminal: Terminal,
  register: string,
  options: InventDepositsOptions,
): Promise<ExitCode> {
  const { out, pdfDir } = options;
  const file = await openFile(register, terminal.input);
  const counts = { people: 0, deposits: 0, passedOver: 0 };
  try {
    mkdirSync(pdfDir, { recursive: true });
    for (const name of paperNames) {
      const written = await writePdf([inventPaper(name)], {
        title: paperTitle(name),
        createdAt: papersWrittenOn,
      });
      writeFileSync(join(pdfDir, name), written.pdf);
    }
    await pipeline(Readable.from(depositLines(file.bytes, options, counts)), createWriteStream(out));
  } catch (error) {
    // A part of the deposits must not be taken for all of them.
    if (statSync(out, { throwIfNoEntry: false })?.isFile()) rmSync(out);
    throw error;
  } finally {
    await file.close();
  }
  terminal.err(
    `wrote ${counts.deposits} fictitious deposits for ${counts.people} persons to ${out}, passed over ${counts.passedOver} lines`,
  );
  return exitCodes.done;
}

async function* depositLines(
  bytes: AsyncIterable<Buffer>,
  { seed, months, today = parisDate(systemClock.now()) }: InventDepositsOptions,
  counts: { people: number; deposits: number; passedOver: number },
): AsyncGenerator<string> {
  const funds = new Set(shippedCaisses.map(({ code }) => code));
  for await (const line of linesOf(bytes, mostBytesOfLine)) {
    const reading = 'text' in line ? readLine(line.text, today, funds) : null;
    if (!reading?.ok) {
      counts.passedOver += 1;
      continue;
    }
    counts.people += 1;
    const insured = { cle: named.get(reading.line.nir) ?? null, line: reading.line, seed };
    for (const item of itemsOf(insured, months, today)) {
      counts.deposits += 1;
      yield `${JSON.stringify(item)}\n`;
    }
  }
}

/** In an order in which all of them are accepted: rights say who else is insured. */
function itemsOf(insured: Insured, months: number, today: string) {
  const rights = inventRightsItem(insured, Number(today.slice(0, 4)));
  return [
    ...(rights ? [rights] : []),
    ...inventLetters(insured).map(({ item }) => item),
    ...inventPayments(insured, paymentWindow({ months }, today)),
  ];
}
