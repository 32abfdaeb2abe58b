import { runCommandLine } from '#src/cli/command-line.ts';
import { systemTerminal } from '#src/cli/terminal.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), systemTerminal());
