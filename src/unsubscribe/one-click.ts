import type { FastifyInstance } from 'fastify';
import { stopAvis } from '#src/avis/stop-avis.ts';
import { refuseReminders } from '#src/notices/reminders/refusals.ts';
import { readAvisToken, readUnsubscribeToken } from '#src/notices/reminders/unsubscribe-token.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';

const mostBytes = 4 * 1024;

/**
 * The request of a mail provider for its «Se désabonner» button (RFC 8058): a POST to the address of the header, with
 * `List-Unsubscribe=One-Click` and without cookie. It needs no form token because it acts for no session:
 * the address itself, signed by us and sent to the mailbox only, is the proof.
 */
export async function registerOneClick(
  app: FastifyInstance,
  { db, keyring, clock }: Pick<Services, 'db' | 'keyring' | 'clock'>,
): Promise<void> {
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'string', bodyLimit: mostBytes },
      (_request, body, done) => done(null, body),
    );
    scope.post<{ Params: { token: string } }>(
      paths.unsubscribe,
      { bodyLimit: mostBytes },
      async (request, reply) => {
        reply.type('text/plain; charset=utf-8');
        const { token } = request.params;
        const recipientKey = readUnsubscribeToken(keyring, token);
        const avis = readAvisToken(keyring, token);
        if (!recipientKey && avis === null) return reply.code(404).send('Unknown\n');
        if (!isOneClick(request.body)) return reply.code(400).send('List-Unsubscribe=One-Click is missing\n');
        if (recipientKey) await refuseReminders(db, recipientKey, clock.now());
        if (avis !== null && !(await stopAvis({ db, keyring }, avis, clock.now())))
          return reply.code(404).send('Unknown\n');
        return reply.send('Done\n');
      },
    );
  });
}

/** As a form, or as the part `List-Unsubscribe` of a multipart body, whose first line after its headers is its value. */
function isOneClick(body: unknown): boolean {
  if (typeof body === 'string') {
    const lines = body.split('\n').map((line) => line.trimEnd().toLowerCase());
    const named = lines.findIndex((line) => /name="?list-unsubscribe(?:"|;|$)/.test(line));
    const blank = lines.indexOf('', named);
    return named >= 0 && blank > named && lines[blank + 1] === 'one-click';
  }
  if (typeof body !== 'object' || body === null || !('List-Unsubscribe' in body)) return false;
  return body['List-Unsubscribe'] === 'One-Click';
}
