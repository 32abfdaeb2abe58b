import { runCommandLine } from '#src/cli/command-line.ts';
import { systemTerminal } from '#src/cli/terminal.ts';

const terminal = systemTerminal();
process.exitCode = await terminal.settle(await runCommandLine(process.argv.slice(2), terminal));
