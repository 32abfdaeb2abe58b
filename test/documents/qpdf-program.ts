import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import qpdf from '@neslinesli93/qpdf-wasm';

/** qpdf in a process of its own, because it writes to the output and sets the exit code: a PDF in, its faults out. */
const program = await qpdf({
  locateFile: () => fileURLToPath(import.meta.resolve('@neslinesli93/qpdf-wasm/dist/qpdf.wasm')),
});
const write: unknown = Reflect.get(program.FS, 'writeFile');
if (typeof write !== 'function') throw new Error('qpdf has no file system to write to');
write('/checked.pdf', readFileSync(process.stdin.fd));
program.callMain(['--check', '/checked.pdf']);
