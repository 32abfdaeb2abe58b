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
/** What was kept of a seat’s person at a moment, by the name under which it is found. */
const kept = z.string().max(32);

/**
 * What the browsers of a seat are to be given once: a session that fits where the seat is now. `id` tells those that
 * have it; `latest`: whatever session its person has, in another browser until now.
 */
const place = z.object({
  id: z.string().max(32),
  session: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['none', 'waiting', 'account', 'latest']) }),
    z.object({ kind: z.literal('enrolment'), dossierId: z.uuid() }),
  ]),
});
export type Place = z.infer<typeof place>;

const level = z.enum(['debutant', 'intermediaire', 'avance']);

/** What a trainer has prepared. */
export const classPlan = z.object({
  /** The trainer’s own name for it: shown to them and on papers. */
  name: z.string().max(60),
  level,
  scenario: z.string().max(60),
  policy: z.string().max(60),
  seats: seat,
  language: z.enum(['fr', 'en']),
  code: z.string().length(5),
});
export type ClassPlan = z.infer<typeof classPlan>;

/**
 * What happened in a class, as its journal keeps it: the state of a class is nothing but these, read in order. Nothing
 * that anybody typed is among them but the first name with which a learner sits down.
 */
export const classEvent = z.discriminatedUnion('kind', [
  /** `owner`: the trainer whose class it is, by their id; none on a laptop, where one trainer has them all. */
  z.object({ kind: z.literal('prepared'), at, plan: classPlan, owner: z.string().max(32).optional() }),
  /** A learner takes a seat, or moves to it on another device, instead of those before. */
  z.object({
    kind: z.literal('seated'),
    at,
    seat,
    firstName: z.string().max(30).nullable(),
    device: z.string(),
  }),
  /** The learner of a seat opens it on one more device. */
  z.object({ kind: z.literal('device-added'), at, seat, device: z.string() }),
  z.object({ kind: z.literal('reached'), at, seat, step }),
  /** The form of a step was refused because of these fields, by their names. */
  z.object({ kind: z.literal('refused'), at, seat, step, fields: z.array(z.string().max(40)).max(20) }),
  z.object({ kind: z.literal('hand'), at, seat, raised: z.boolean() }),
  /** The learner has come up against what went wrong. */
  z.object({ kind: z.literal('fault-met'), at, seat, fault: z.enum(faults) }),
  /** The learner has dealt with it rightly. */
  z.object({ kind: z.literal('fault-dealt'), at, seat, fault: z.enum(faults) }),
  /** The learner has read why that was right. */
  z.object({ kind: z.literal('praise-read'), at, seat, fault: z.enum(faults) }),
  /** Null: for every seat. */
  z.object({ kind: z.literal('fault'), at, seat: seat.nullable(), fault: z.enum(faults) }),
  /** What its person was when the seat came to a step. */
  z.object({ kind: z.literal('kept'), at, seat, step, id: kept }),
  /** `undo`: what its person was before; `passwordGiven`: the password is that of the class, which the desk shows. */
  z.object({
    kind: z.literal('put-back'),
    at,
    seat,
    to: step,
    from: step,
    undo: kept,
    place,
    passwordGiven: z.boolean(),
  }),
  z.object({ kind: z.literal('put-back-undone'), at, seat, place }),
  z.object({ kind: z.literal('given-person'), at, seat, person: z.int().min(0), place }),
  /** The learner has chosen a password: the one of the class is theirs no longer. */
  z.object({ kind: z.literal('own-password'), at, seat }),
  z.object({ kind: z.literal('post-passed'), at }),
  z.object({ kind: z.literal('clock-moved'), at, by: z.string().max(20) }),
  /** The projector shows the page of a step; null: how to join. */
  z.object({ kind: z.literal('shown'), at, step: step.nullable() }),
  z.object({ kind: z.literal('paused'), at }),
  z.object({ kind: z.literal('resumed'), at }),
  z.object({ kind: z.literal('ended'), at }),
  /** The trainer goes on with a class that was over. */
  z.object({ kind: z.literal('reopened'), at }),
  /** The program did not run between `since` and `at`: the laptop slept, or was off. */
  z.object({ kind: z.literal('away'), at, since: at }),
]);
export type ClassEvent = z.infer<typeof classEvent>;
