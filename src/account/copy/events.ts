import { auditKind } from '#src/audit/kind.ts';

export type CopyFile = 'pdf' | 'json';

/** A copy of everything that is kept about a person was made: by themselves in their account, or by an agent. */
export const dataExported = auditKind('data-exported').with<
  | { readonly by: 'person'; readonly file: CopyFile }
  | { readonly by: 'agent'; readonly file: CopyFile | 'both'; readonly reason: string }
>();
