import { join } from 'node:path';
import { errorText } from '#src/cli/error-text.ts';
import { workshopTerminalTexts } from '#src/cli/workshop/texts.ts';
import type { Config } from '#src/config/config.ts';
import type { Language } from '#src/texts/language.ts';

/** Why a workshop does not start, and what to do. */
export function failedStart(
  language: Language,
  { dataDir, web: { host, port } }: Pick<Config, 'dataDir' | 'web'>,
  error: unknown,
): string {
  const t = workshopTerminalTexts[language];
  const folder = join(dataDir, 'atelier');
  if (!(error instanceof Error)) return errorText(error);
  if (error.name === 'FolderInUse') return t.running(folder);
  const isListening = 'syscall' in error && error.syscall === 'listen';
  switch ('code' in error ? error.code : null) {
    case 'EADDRINUSE':
      return t.taken(port);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return t.absent(host);
    case 'EACCES':
      return isListening ? t.forbidden(port) : t.unwritable(folder);
    case 'EPERM':
    case 'EROFS':
      return t.unwritable(folder);
    case 'ENOSPC':
      return t.full(folder);
    default:
      return errorText(error);
  }
}
