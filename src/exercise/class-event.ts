import { z } from 'zod';
import { steps } from '#src/exercise/steps.ts';

/** What a trainer may let go wrong, for one seat or for all. */
export const faults = [
  'mail-in-spam',
  'mail-delayed',
  'link-dead',
  'franceconnect-down',
  'account-locked',
  'phishing-mail',
  'forged-letter',
  'call-for-a-code',
] as const;
export type Fault = (typeof faults)[number];

const at = z.iso.datetime();
const seat = z.int().min(1).max(30);
const step = z.enum(steps);
const level = z.enum(['debutant', 'intermediaire', 'avance']);

/** What a trainer has prepared. */
const plan = z.object({
  /** The trainer’s own name for it: shown to them and on papers. */
  name: z.string().max(60),
  level,
  scenario: z.string().max(60),
  policy: z.string().max(60),
  seats: seat,
  language: z.enum(['fr', 'en']),
  code: z.string().length(5),
});
export type ClassPlan = z.infer<typeof plan>;

/**
 * What happened in a class, as its journal keeps it: the state of a class is nothing but these, read in order. Nothing
 * that anybody typed is among them but the first name with which a learner sits down.
 */
export const classEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prepared'), at, plan }),
  /** A learner takes a seat, or moves to it on another device: only the latest device acts for the seat. */
  z.object({
    kind: z.literal('seated'),
    at,
    seat,
    firstName: z.string().max(30).nullable(),
    device: z.string(),
  }),
  z.object({ kind: z.literal('reached'), at, seat, step }),
  /** The form of a step was refused because of these fields, by their names. */
  z.object({ kind: z.literal('refused'), at, seat, step, fields: z.array(z.string().max(40)).max(20) }),
  z.object({ kind: z.literal('hand'), at, seat, raised: z.boolean() }),
  /** Null: for every seat. */
  z.object({ kind: z.literal('fault'), at, seat: seat.nullable(), fault: z.enum(faults) }),
  z.object({ kind: z.literal('put-back'), at, seat, to: step, from: step }),
  z.object({ kind: z.literal('put-back-undone'), at, seat }),
  z.object({ kind: z.literal('given-person'), at, seat, person: z.int().min(0) }),
  z.object({ kind: z.literal('post-passed'), at }),
  z.object({ kind: z.literal('clock-moved'), at, by: z.string().max(20) }),
  z.object({ kind: z.literal('paused'), at }),
  z.object({ kind: z.literal('resumed'), at }),
  z.object({ kind: z.literal('ended'), at }),
]);
export type ClassEvent = z.infer<typeof classEvent>;
