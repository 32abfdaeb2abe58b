import type { FastifyReply } from 'fastify';
import { Overloaded } from '#src/web/http/errors.ts';

/** How many requests are in memory at once, in all and of one sender, which so leaves room for the others. */
export interface LaneSize {
  readonly most: number;
  readonly ofOneSender: number;
}

/** Keeps a place for a request until its answer is sent or its connection is gone; throws `Overloaded` when there is none. */
export type Lane = (sender: string, reply: FastifyReply) => void;

export function openLane({ most, ofOneSender }: LaneSize): Lane {
  const taken = new Map<string, number>();
  let all = 0;
  return (sender, reply) => {
    const own = taken.get(sender) ?? 0;
    if (all >= most || own >= ofOneSender) throw new Overloaded('Too many deposits are read', 'deposits');
    all += 1;
    taken.set(sender, own + 1);
    reply.raw.once('close', () => {
      all -= 1;
      const left = (taken.get(sender) ?? 1) - 1;
      if (left > 0) taken.set(sender, left);
      else taken.delete(sender);
    });
  };
}
