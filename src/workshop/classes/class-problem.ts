/** Why a class does not open; the list of classes says what to do. */
export type ClassProblem = 'full' | 'forbidden' | 'in-use' | 'needs-server' | 'damaged';

/** The problem behind an error of the start of a class. */
export function classProblem(error: unknown): ClassProblem {
  const text = error instanceof Error ? `${codeOf(error)} ${error.name} ${error.message}` : '';
  if (/ENOSPC|EDQUOT|EFBIG|no space left|disk full/i.test(text)) return 'full';
  if (/EACCES|EPERM|EROFS/.test(text)) return 'forbidden';
  if (/NeedsServer/.test(text)) return 'needs-server';
  return /FolderInUse/.test(text) ? 'in-use' : 'damaged';
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
