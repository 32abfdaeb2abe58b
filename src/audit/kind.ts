/** Opaque values only: codes, counts, versions. Never a name, a number or an address. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>;

/**
 * One kind of thing that happened to a person’s case or account, declared by the feature that records it.
 * `Details` is what each event of that kind says.
 */
export interface AuditKind<Name extends string = string, Details extends AuditDetails = AuditDetails> {
  readonly name: Name;
  /** Never set: it carries the type to `record`. */
  readonly details?: Details;
}

export type NoDetails = Readonly<Record<string, never>>;

interface PlainAuditKind<Name extends string> extends AuditKind<Name, NoDetails> {
  /** The same kind, whose events say something more. A text is one of a closed union. */
  readonly with: <Details extends AuditDetails>() => AuditKind<Name, Details>;
}

/** `auditKind('signed-out')`, or `auditKind('signed-in').with<{ by: 'password' | 'code' }>()`. */
export function auditKind<const Name extends string>(name: Name): PlainAuditKind<Name> {
  return { name, with: () => ({ name }) };
}
