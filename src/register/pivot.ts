/**
 * Who somebody is by civil status (the «identité pivot»), as FranceConnect sends it. Empty where nothing was sent.
 */
export interface Pivot {
  /** Birth name. */
  readonly familyName: string;
  /** All given names, in the order of civil status. */
  readonly givenNames: readonly string[];
  /** `yyyy-mm-dd`; 00, or 01, for a month or a day that civil status does not know. */
  readonly birthDate: string;
  readonly gender: string;
  /** Five characters of the official code of the commune; empty for somebody born abroad. */
  readonly birthPlace: string;
  /** Five digits: 99100 is France. */
  readonly birthCountry: string;
}

/** What FranceConnect proves of somebody, with the address it knows: contact data only, never used to find anybody. */
export interface PivotIdentity {
  readonly pivot: Pivot;
  readonly email: string | null;
}
