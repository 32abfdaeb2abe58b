import { dossierAnswer } from '#src/api/answers.ts';
import { type ApiAnswer, type ApiRequest, done, type Endpoint } from '#src/api/endpoint.ts';
import { enrolmentAbandoned } from '#src/api/events.ts';
import { problem } from '#src/api/problem.ts';
import { standingIn } from '#src/api/standing.ts';
import { recording } from '#src/audit/record.ts';
import { also } from '#src/database/at-once.ts';
import { discardingDossier } from '#src/dossiers/dossier.ts';
import type { Services } from '#src/services.ts';
import { actorOf } from '#src/sessions/actor.ts';
import { leaveSession } from '#src/sessions/change-session.ts';

/** The stage of the dossier, and abandoning it. */
export function dossierEndpoints({ db }: Pick<Services, 'db'>): readonly Endpoint[] {
  /** Ends the token and deletes the dossier; an account already created keeps waiting for its confirmation. */
  async function abandon({ session, now }: ApiRequest): Promise<ApiAnswer> {
    if (!session) return problem('unauthenticated');
    const { personKey, dossier } = session;
    const event = { person: personKey, actor: actorOf(session), at: now };
    await leaveSession(db, session, [
      ...(dossier ? [also(discardingDossier(db, dossier))] : []),
      recording(db, enrolmentAbandoned, event),
    ]);
    return { kind: 'done', status: 204 };
  }

  return [
    {
      id: 'standing',
      method: 'GET',
      path: '/dossier',
      status: 200,
      answer: dossierAnswer,
      problems: [],
      handle: ({ session, now }) =>
        session
          ? done({ ...standingIn(session, now), expireLe: session.endsAt.toISOString() })
          : problem('unauthenticated'),
    },
    { id: 'abandon', method: 'DELETE', path: '/dossier', status: 204, problems: [], handle: abandon },
  ];
}
