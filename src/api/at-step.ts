import type { Account } from '#src/accounts/account.ts';
import type { ApiAnswer, ApiRequest } from '#src/api/endpoint.ts';
import { problem } from '#src/api/problem.ts';
import { standingIn } from '#src/api/standing.ts';
import type { Dossier } from '#src/dossiers/dossier.ts';
import { type Step, stepRules } from '#src/journey/journey.ts';
import type { Session } from '#src/sessions/session.ts';

export interface AtStep extends ApiRequest {
  readonly session: Session;
  readonly dossier: Dossier;
}

type Handled = ApiAnswer | Promise<ApiAnswer>;

/** Runs the endpoint of a step if the person’s answers open it; otherwise answers with the step that is open. */
export function atStep(step: Step, handle: (request: AtStep) => Handled): (request: ApiRequest) => Handled {
  return (request) => {
    const { session, now } = request;
    const dossier = session?.dossier;
    if (!session) return problem('unauthenticated');
    if (!dossier || !stepRules[step].open(dossier.answers))
      return problem('step-not-open', { standing: standingIn(session, now) });
    return handle({ ...request, session, dossier });
  };
}

export interface Waiting extends ApiRequest {
  readonly account: Account;
}

/** Runs the endpoint if the token’s account waits for the confirmation of its address. */
export function whileWaiting(handle: (request: Waiting) => Handled): (request: ApiRequest) => Handled {
  return (request) => {
    const { session, now } = request;
    if (!session) return problem('unauthenticated');
    const standing = standingIn(session, now);
    if (!session.account || standing.etape !== 'validation-email')
      return problem('step-not-open', { standing });
    return handle({ ...request, account: session.account });
  };
}
