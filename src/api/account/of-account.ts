import { type SignedIn, signedIn } from '#src/access/who.ts';
import type { ApiAnswer, ApiRequest } from '#src/api/endpoint.ts';
import { problem } from '#src/api/problem.ts';

/** Runs the endpoint if the token is of somebody who has signed in to an open account. */
export function ofAccount(
  handle: (request: ApiRequest & SignedIn) => ApiAnswer | Promise<ApiAnswer>,
): (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer> {
  return (request) => {
    const owner = signedIn(request.session);
    return owner ? handle({ ...request, ...owner }) : problem('unauthenticated');
  };
}
