import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether a tool of the system can be run: some checks are only made where it is installed. */
export function installed(tool: 'pdfinfo' | 'pdftotext' | 'qpdf'): boolean {
  try {
    execFileSync(tool, [tool === 'qpdf' ? '--version' : '-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What a tool says of a PDF; throws when it finds fault with it. */
export function toolOn(
  pdf: Buffer,
  tool: string,
  before: readonly string[],
  after: readonly string[] = [],
): string {
  const folder = mkdtempSync(join(tmpdir(), 'lettres-'));
  try {
    const file = join(folder, 'lettre.pdf');
    writeFileSync(file, pdf);
    return execFileSync(tool, [...before, file, ...after], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
