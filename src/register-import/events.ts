import { auditKind } from '#src/audit/kind.ts';

/** A register file was loaded: which, of when, and its counts. */
export const registerImported = auditKind('register-imported').with<
  { import: string; by: 'operator'; kind: 'full' | 'delta'; asOf: string; sha256: string } & Readonly<
    Record<string, string | number>
  >
>();
/** A register file was refused, and why: a reason code. */
export const registerRefused = auditKind('register-refused').with<{
  import: string;
  reason: string;
  sha256?: string;
}>();
