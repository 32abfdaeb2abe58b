import type { Pivot } from '#src/register/pivot.ts';

/** What the service makes up for one journey to the provider, and looks for on the way back. */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Somebody whom the provider knows. */
export interface Proven {
  readonly issuer: string;
  readonly subject: string;
  readonly pivot: Pivot;
  /** Contact data only: never used to find somebody. */
  readonly email: string | null;
  /** Kept sealed for the logout, nothing else of the answer is. */
  readonly idToken: string;
}

/**
 * `refused`: the person went back, or the provider does not find them; `technical`: it does not work, or what came
 * back cannot be trusted. `reason`: a word for the audit, never anything that came back.
 */
export type Completion =
  | { readonly result: 'proven'; readonly proven: Proven }
  | { readonly result: 'refused'; readonly reason: string }
  | { readonly result: 'technical'; readonly reason: string };

/** The provider as pages see it. */
export interface FranceConnect {
  /** False while it is known to fail: the button is not offered. */
  available(): boolean;
  /** Origins that forms of ours may lead to. */
  origins(): readonly string[];
  /** Where the browser goes; null when the provider cannot be reached. */
  authorization(expected: Expected): Promise<URL | null>;
  /** Judges the address that the browser came back to. */
  complete(callback: URLSearchParams, expected: Expected): Promise<Completion>;
  /** Where the browser goes to end the provider's session; null when it cannot be reached. */
  endSession(logout: { readonly idToken: string; readonly state: string }): Promise<URL | null>;
}
