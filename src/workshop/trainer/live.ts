import { PassThrough } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ClassState } from '#src/exercise/class-state.ts';
import type { WebContext } from '#src/web/site.ts';
import type { Visit } from '#src/web/visit.ts';
import { visitOf } from '#src/web/visit-of.ts';
import type { OwnClasses } from '#src/workshop/classes/owned.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** The parts of a page that change with the class, by the ids of their elements: their markup, or rows of a part. */
export type Parts = Readonly<Record<string, string | Rows>>;
/** A part of which a few rows change at a time: those are sent alone, as long as the part has the same ones in the same order. */
export interface Rows {
  readonly whole: () => string;
  /** What is in each, by the ids of the rows. */
  readonly rows: Readonly<Record<string, string>>;
  /** Which rows there are and what is around them: when it changes, all of the part is sent. */
  readonly frame: string;
}
/** The parts of a page now. */
export type PartsOf = (visit: Visit, running: RunningClass, now: Date) => Parts;

export interface LiveOptions {
  /** The classes of the trainer who asks; null for anybody else. */
  readonly own: (request: FastifyRequest) => Pick<OwnClasses, 'find'> | null;
  /** By the `vue` of the address: the board without one. */
  readonly views: Readonly<Record<'tableau' | 'ecran', PartsOf>>;
  /** The class as JSON. */
  readonly data: (running: RunningClass, now: Date) => unknown;
}

/** Events within this time are told together. */
const togetherMs = 200;
/** What passes with time alone, and a sign of life for what stands between. */
const heartbeatMs = 15_000;
/** Pages that are followed at once: the browsers of the trainers of one class, and all. */
const mostFollowers = { ofClass: 20, all: 600 };
/** A browser that reads nothing is dropped with this much unread. */
const mostUnread = 1_000_000;

/** Adds what keeps boards and projectors up to date, and the class as JSON. Trainers alone are answered. */
export function registerLive(app: FastifyInstance, context: WebContext, options: LiveOptions): void {
  const { own, views, data } = options;
  const followers = new Map<string, number>();
  const all = () => [...followers.values()].reduce((sum, count) => sum + count, 0);
  const find = (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) => {
    const classes = own(request);
    if (!classes) {
      void reply.code(401);
      return null;
    }
    const running = classes.find(request.params.id);
    if (!running) void reply.code(404);
    return running;
  };
  app.get<{ Params: { id: string } }>(workshopPaths.boardData, (request, reply) => {
    const running = find(request, reply);
    return reply.send(running ? data(running, context.clock.now()) : { erreur: reply.statusCode });
  });
  app.get<{ Params: { id: string }; Querystring: { vue?: unknown; etat?: unknown } }>(
    workshopPaths.boardLive,
    (request, reply) => {
      const running = find(request, reply);
      if (!running) return reply.send('');
      const { id } = running;
      const here = followers.get(id) ?? 0;
      if (here >= mostFollowers.ofClass || all() >= mostFollowers.all)
        return reply.code(503).header('retry-after', 30).send('');
      followers.set(id, here + 1);
      const visit = visitOf(context, request, reply, { now: context.clock.now() });
      const partsOf = views[request.query.vue === 'ecran' ? 'ecran' : 'tableau'];
      // What the page was made for: in another phase it has other buttons.
      const { etat: phase = phaseShown(running.journal.state()) } = request.query;
      const stream = followed(running, () => {
        const { journal } = running;
        if (
          journal.isClosed() ||
          phaseShown(journal.state()) !== phase ||
          own(request)?.find(running.id) !== running
        )
          return null;
        const now = context.clock.now();
        return partsOf({ ...visit, now }, running, now);
      });
      stream.once('close', () => {
        const left = (followers.get(id) ?? 1) - 1;
        if (left > 0) followers.set(id, left);
        else followers.delete(id);
      });
      return reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no').send(stream);
    },
  );
}

/** What decides which buttons a board has and what a projector shows, beyond the parts that are sent. */
export function phaseShown({ phase, shown }: Pick<ClassState, 'phase' | 'shown'>): string {
  return shown === null ? phase : `${phase}-${shown}`;
}

/** What a page does not show yet, by the ids of its elements; `sent`, what it shows, is brought up to date. */
function newsIn(
  present: Parts,
  sent: Map<string, string>,
): readonly (readonly [id: string, markup: string])[] {
  const isNews = (id: string, text: string): boolean => {
    const isNew = sent.get(id) !== text;
    sent.set(id, text);
    return isNew;
  };
  return Object.entries(present).flatMap(([id, part]) => {
    if (typeof part === 'string') return isNews(id, part) ? [[id, part] as const] : [];
    const changed = Object.entries(part.rows).filter(([row, markup]) => isNews(row, markup));
    return isNews(id, part.frame) ? [[id, part.whole()] as const] : changed;
  });
}

/** Server-sent events with the parts that have changed, until `parts` answers null: the page is to be loaded again. */
function followed({ journal }: Pick<RunningClass, 'journal'>, parts: () => Parts | null): PassThrough {
  const stream = new PassThrough();
  const sent = new Map<string, string>();
  let soon: NodeJS.Timeout | null = null;
  const tell = (): void => {
    soon = null;
    if (stream.writableEnded) return;
    const present = parts();
    if (present === null) return void stream.end('event: reload\ndata:\n\n');
    if (stream.writableLength > mostUnread) return void stream.destroy();
    const news = newsIn(present, sent);
    const text = JSON.stringify(Object.fromEntries(news));
    stream.write(news.length > 0 ? `event: parts\ndata: ${text}\n\n` : ':\n\n');
  };
  const silence = journal.listen(() => {
    soon ??= setTimeout(tell, togetherMs);
  });
  const heartbeat = setInterval(tell, heartbeatMs);
  stream.once('close', () => {
    silence();
    clearInterval(heartbeat);
    if (soon) clearTimeout(soon);
  });
  tell();
  return stream;
}
