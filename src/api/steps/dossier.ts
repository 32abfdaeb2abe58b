import { sql } from 'kysely';
import { dossierAnswer } from '#src/api/answers.ts';
import { type ApiAnswer, type ApiRequest, done, type Endpoint } from '#src/api/endpoint.ts';
import { problem } from '#src/api/problem.ts';
import { standingIn } from '#src/api/standing.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import type { Services } from '#src/services.ts';

/** Where the person stands, and leaving before the end. */
export function dossierEndpoints({ db }: Pick<Services, 'db'>): readonly Endpoint[] {
  /** Ends the token and forgets the dossier; an account that was made waits on, for its mail. */
  async function abandon({ session, now }: ApiRequest): Promise<ApiAnswer> {
    if (!session) return problem('unauthenticated');
    const { personKey, tokenHash, dossier } = session;
    await sql`
      with ended as (
        delete from session where person_key = ${personKey} and token_hash = ${tokenHash} returning 1
      ), forgotten as (
        delete from dossier where person_key = ${personKey} and id = ${dossier?.id ?? null} and closed_at is null
      )
      insert into audit_event (${auditColumns})
      select ${auditValues(personKey, now, 'enrolment-abandoned')} from ended`.execute(db);
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
