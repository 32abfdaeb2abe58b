import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordLaterFate } from '#src/delivery/later-fate.ts';
import { isSigned } from '#src/delivery/sms/signature.ts';
import type { Services } from '#src/services.ts';
import { parseJson } from '#src/texts/json.ts';

/** Where a gateway reports the fate of an SMS. It is not a page, so it is in no map of the site. */
export const smsReportPath = '/notifications/sms';

const report = z.object({
  reference: z.uuid(),
  state: z.enum(['delivered', 'failed', 'expired']),
  at: z.iso.datetime({ offset: true }),
});

const mostBytes = 4 * 1024;

/**
 * Accepts delivery reports (docs/sms-gateway.md). They come without a form or a cookie: the gateway's signature over the
 * body replaces the form token. A replay within the five minutes of a signature changes nothing.
 */
export async function registerSmsReports(
  app: FastifyInstance,
  { db, clock, events }: Pick<Services, 'db' | 'clock' | 'events'>,
  secret: string,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: mostBytes },
      (_request, body, done) => done(null, body),
    );
    scope.post(smsReportPath, { bodyLimit: mostBytes }, async (request, reply) => {
      const now = clock.now();
      const signature = request.headers['x-signature'];
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (typeof signature !== 'string' || !isSigned(secret, signature, body, now))
        return reply.code(401).send({ error: 'signature' });
      const read = report.safeParse(parseJson(body.toString('utf8')));
      if (!read.success) return reply.code(400).send({ error: 'report' });
      const { reference, state } = read.data;
      const fate =
        state === 'delivered'
          ? ({ kind: 'delivered' } as const)
          : ({ kind: 'bounced', reason: `sms-${state}` } as const);
      await recordLaterFate(db, reference, fate, now, ({ id, person_key: person, kind, channel }) =>
        events.noticeSettled({ ...fate, state: fate.kind }, { id, person, kind, channel }),
      );
      return reply.code(204).send();
    });
  });
}
