import type { Client } from '#src/limits/client-address.ts';
import type { Spread } from '#src/operations/events.ts';

/** How many failures a window allows, and how long the next try waits after consecutive ones. */
export interface AttemptRule {
  readonly kind: string;
  readonly windows: readonly { readonly max: number; readonly perSeconds: number }[];
  readonly delays?: readonly { readonly failures: number; readonly seconds: number }[];
  /** Raised when this many distinct ones fail within an hour: people from one client, or clients of one person. */
  readonly alarm?: { readonly spread: Spread; readonly at: number };
}

/** What one try counts against. */
export interface Attempt {
  readonly rule: AttemptRule;
  /** Keyed fingerprint of a person, a client’s address, a mailbox …; null when there is nothing to count against. */
  readonly subject: Buffer | null;
  /** The person that a client’s try is about, or the client that a person’s try comes from. */
  readonly other?: Buffer;
  /** A right try takes back the failures that were about the same `other`. */
  readonly forgives?: true;
}

/** A try as its subject’s counter sees it. */
export function ofSubject(rule: AttemptRule, subject: Buffer, client: Client): Attempt {
  return { rule, subject, other: client.key };
}

/**
 * A try as the counters of its client see it, one for each part of the network. A right try from there takes back the
 * failures about the same person: where many people share an address, only those who never succeed use up its
 * allowance.
 */
export function ofClient(rule: AttemptRule, { parts }: Client, about: Buffer): readonly Attempt[] {
  return parts.map(({ key, share }) => {
    const windows = rule.windows.map(({ max, perSeconds }) => ({ max: max * share, perSeconds }));
    const alarm = rule.alarm && { alarm: { ...rule.alarm, at: rule.alarm.at * share } };
    return { rule: { ...rule, windows, ...alarm }, subject: key, other: about, forgives: true };
  });
}

/** The JSON that the functions of the database read: attempts that count, then those that are only looked at. */
export function attemptsJson(counted: readonly Attempt[], watched: readonly Attempt[] = []): string {
  const all = [
    ...counted.map((attempt) => ({ attempt, counts: true })),
    ...watched.map((attempt) => ({ attempt, counts: false })),
  ];
  return JSON.stringify(
    all.flatMap(({ attempt: { rule, subject, other, forgives }, counts }) =>
      subject === null
        ? []
        : [
            {
              kind: rule.kind,
              subject: hex(subject),
              other: other ? hex(other) : null,
              counts,
              forgives: forgives ?? false,
              maxima: maxima(rule),
              seconds: seconds(rule),
              delay_failures: rule.delays?.map((delay) => delay.failures) ?? [],
              delay_seconds: rule.delays?.map((delay) => delay.seconds) ?? [],
              spread: rule.alarm?.at ?? null,
            },
          ],
    ),
  );
}

function hex(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}

/** How many failures each window of a rule allows. */
function maxima(rule: AttemptRule): number[] {
  return rule.windows.map((window) => window.max);
}

/** How long each window of a rule is. */
function seconds(rule: AttemptRule): number[] {
  return rule.windows.map((window) => window.perSeconds);
}
