import { auditKind } from '#src/audit/kind.ts';

/** A register file was loaded: which, of when, and its counts. */
export const registerImported = auditKind('register-imported').with<
  { import: string; by: 'operator'; asOf: string; sha256: string } & Readonly<Record<string, string | number>>
>();
