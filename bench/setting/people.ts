import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { systemClock } from '#src/clock.ts';
import { parisDate } from '#src/paris.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { eligibility } from '#src/register/eligibility.ts';
import { type RegisterLine, registerLine } from '#src/register/insured.ts';

/** A person of the register who may open an account with the carte Vitale, and a browser somewhere. */
export interface Traveller {
  readonly number: number;
  readonly line: RegisterLine;
  readonly email: string;
  /** Each travels from an address of their own. */
  readonly ip: string;
}

export interface Crowd {
  /** Somebody who has not travelled yet; throws when nobody is left. */
  next(): Traveller;
}

/** Those of a register file who can go the whole way, each used once. */
export async function openCrowd(file: string): Promise<Crowd> {
  const policy = loadPolicy('ameli-2025');
  const today = parisDate(systemClock.now());
  const lines: RegisterLine[] = [];
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const line = registerLine.parse(JSON.parse(text));
    const insured = { ...line, ibanStart: line.iban?.slice(0, -7) ?? null };
    if (eligibility(insured, policy, today).cardRoute) lines.push(line);
  }
  let used = 0;
  return {
    next() {
      const line = lines[used];
      if (!line) throw new Error(`All ${lines.length} people have travelled: generate more`);
      used += 1;
      return {
        number: used,
        line,
        email: `voyage${used}@bench.exemple.fr`,
        ip: `10.${(used >> 16) & 255}.${(used >> 8) & 255}.${used & 255}`,
      };
    },
  };
}
