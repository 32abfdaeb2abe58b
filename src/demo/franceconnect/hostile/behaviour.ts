import type { JWTPayload } from 'jose';
import type { Keys } from '#src/demo/franceconnect/keys.ts';
import type { RegisteredClient } from '#src/demo/franceconnect/provider.ts';

/** The response of an endpoint in place of the honest one; `never`: no response. */
export type Reply =
  | { readonly status?: number; readonly type?: string; readonly location?: string; readonly body: string }
  | 'never';

export interface Tools {
  readonly keys: Keys;
  readonly client: RegisteredClient;
  /** The parameters of the previous callback. */
  readonly previous: { readonly state: string; readonly code: string } | null;
}

/** One behaviour of the simulator. Endpoints without a hook respond honestly. */
export interface Behaviour {
  readonly name: string;
  /** What it does, in French, for the simulator's page. */
  readonly text: string;
  /** What a correct service does with it. */
  readonly expected: 'refused' | 'accepted';
  /** The ID token to send, made from the claims of the honest one. */
  readonly idToken?: (claims: JWTPayload, tools: Tools) => string | Promise<string>;
  readonly userinfo?: (claims: JWTPayload, tools: Tools) => Reply | Promise<Reply>;
  readonly token?: (body: Readonly<Record<string, unknown>>) => Reply;
  readonly jwks?: (tools: Tools) => Reply | Promise<Reply>;
  /** Changes the address of the return in place. */
  readonly callback?: (address: URL, tools: Tools) => void;
  /** The person comes back at once with this error, without seeing a page. */
  readonly comesBackWith?: { readonly error: string; readonly error_description: string };
  /** The next key signs, and only it is published. */
  readonly rotates?: true;
  readonly tokenAfterMs?: number;
  /** Nothing works at all. */
  readonly down?: 'unavailable' | 'closed';
}

export function json(value: unknown, status = 200): Reply {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}
