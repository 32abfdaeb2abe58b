import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { behaviours } from '#src/demo/franceconnect/hostile/behaviours.ts';
import type { Conduct } from '#src/demo/franceconnect/hostile/misbehave.ts';
import { simulatorHomePage } from '#src/demo/franceconnect/pages.ts';

const body = z.object({ comportement: z.string() }).catch({ comportement: '' });

/** The page and the JSON address to choose the behaviour. */
export function registerSwitches(
  app: FastifyInstance,
  { conduct, behave }: { readonly conduct: Conduct; readonly behave: (name: string) => boolean },
): void {
  app.get('/', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(simulatorHomePage(conduct.behaviour, false)),
  );
  app.get('/comportements.json', () =>
    behaviours.map(({ name, text, expected }) => ({
      nom: name,
      texte: text,
      attendu: expected === 'accepted' ? 'accepte' : 'refuse',
      actuel: name === conduct.behaviour.name,
    })),
  );
  app.post('/', (request, reply) => {
    const forProgram = request.headers.accept?.includes('application/json') ?? false;
    const elsewhere = request.headers['sec-fetch-site'] === 'cross-site';
    const done = !elsewhere && behave(body.parse(request.body ?? {}).comportement);
    if (forProgram)
      return reply.code(done ? 200 : 400).send({ comportement: conduct.behaviour.name, change: done });
    if (done) return reply.redirect('/', 303);
    return reply.code(400).type('text/html; charset=utf-8').send(simulatorHomePage(conduct.behaviour, true));
  });
}
