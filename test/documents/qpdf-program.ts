import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import qpdf from '@neslinesli93/qpdf-wasm';

/** qpdf as a program of its own, since it says what it finds and how it ends for its whole process: a PDF in, its faults out. */
const program = await qpdf({
  locateFile: () => fileURLToPath(import.meta.resolve('@neslinesli93/qpdf-wasm/dist/qpdf.wasm')),
});
const write: unknown = Reflect.get(program.FS, 'writeFile');
if (typeof write !== 'function') throw new Error('qpdf has no file system to write to');
write('/checked.pdf', readFileSync(process.stdin.fd));
program.callMain(['--check', '/checked.pdf']);
