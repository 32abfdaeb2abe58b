import { createReadStream } from 'node:fs';
import { knownChannels } from '#src/codes/rules.ts';
import { linesOf } from '#src/files/lines.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { eligibility } from '#src/register/eligibility.ts';
import { type RegisterLine, registerLine } from '#src/register/insured.ts';
import { systemClock } from '#src/time/clock.ts';
import { parisDate } from '#src/time/paris.ts';

/** A person of the register who may open an account, and a browser somewhere. */
export interface Traveller {
  readonly number: number;
  readonly line: RegisterLine;
  readonly email: string;
  /** Each travels from an address of their own. */
  readonly ip: string;
}

/** Somebody whose card opens nothing, but whom the register knows how to write to. */
export interface CodeTraveller extends Traveller {
  readonly code: { readonly channel: 'sms' | 'email'; readonly to: string };
}

/** People who have not travelled yet; throws when nobody is left. */
export interface Crowd {
  /** Somebody who may use the carte Vitale. */
  next(): Traveller;
  nextWithoutCard(): CodeTraveller;
}

/** Those of a register file who can go the whole way, each used once. */
export async function openCrowd(file: string): Promise<Crowd> {
  const policy = loadPolicy('ameli-2025');
  const today = parisDate(systemClock.now());
  const withCard: RegisterLine[] = [];
  const withoutCard: Pick<CodeTraveller, 'line' | 'code'>[] = [];
  const channels = new Set<string>();
  for await (const read of linesOf(createReadStream(file), 65_536)) {
    if ('problem' in read) continue;
    const line = registerLine.parse(JSON.parse(read.text));
    const insured = { ...line, ibanStart: line.iban?.slice(0, -7) ?? null };
    const { mayEnrol, cardRoute } = eligibility({ insured, leftSince: null }, policy, today);
    const [code] = knownChannels(insured, { sms: true, letters: false });
    if (cardRoute) withCard.push(line);
    else if (mayEnrol && code && code.channel !== 'letter' && !channels.has(code.counted)) {
      channels.add(code.counted);
      withoutCard.push({ line, code });
    }
  }
  let number = 0;
  const browser = () => {
    number += 1;
    const ip = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
    return { number, email: `voyage${number}@bench.exemple.fr`, ip };
  };
  const [cards, codes] = [takenFrom(withCard), takenFrom(withoutCard)];
  return {
    next: () => ({ ...browser(), line: cards() }),
    nextWithoutCard: () => ({ ...browser(), ...codes() }),
  };
}

function takenFrom<T>(people: readonly T[]): () => T {
  let used = 0;
  return () => {
    const person = people[used];
    if (!person) throw new Error(`All ${people.length} people have travelled: generate more`);
    used += 1;
    return person;
  };
}
