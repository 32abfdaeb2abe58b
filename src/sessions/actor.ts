import type { Actor } from '#src/audit/actor.ts';
import type { Carrier } from '#src/sessions/token.ts';

/** Who acts in a session: a person in a browser, or a program that acts for them with a token. */
export function actorOf({ carrier }: { readonly carrier: Carrier }): Actor {
  return { kind: carrier === 'bearer' ? 'program' : 'person' };
}
