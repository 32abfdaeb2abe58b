import { z } from 'zod';
import { cardTexts } from '#src/enrolment/card/texts.ts';
import type { Answers } from '#src/journey/answers.ts';
import type { TextsByCode } from '#src/page-parts/field-codes.ts';
import { type FieldProblem, type Reading, readFields, typedText, wrong } from '#src/page-parts/typed-text.ts';
import type { Policy } from '#src/policy/schema.ts';
import { type CardType, parseCardSerial } from '#src/proofs/card-serial.ts';
import { parseIbanTail } from '#src/proofs/iban.ts';
import type { Voice } from '#src/texts/language.ts';
import type { Problem } from '#src/web/page.ts';

/** The fields of the proof by carte Vitale and IBAN. */
export const cardSchema = z.object({
  iban7: typedText({ examples: ['0G02443'], pattern: '^[0-9A-Z]{7}$' }, (typed) => {
    const iban = parseIbanTail(typed);
    return iban.ok ? { ok: true, value: iban.tail } : wrong(iban.reason);
  }),
  /** Judged by `readProof`: its digits depend on the person’s kind of card. */
  numeroSerie: typedText({ examples: ['04671322630'], pattern: '^\\d{8,13}$' }, (typed) => ({
    ok: true,
    value: typed,
  })),
});

export interface TypedProof {
  readonly tail: string;
  readonly serial: string;
}

/** The kind of card whose serial number is required. */
export function requiredCard({ cardType }: Pick<Answers['identity'], 'cardType'>): CardType {
  return cardType ?? 'photo';
}

/** Reads the end of the IBAN, and the serial number as it is on this person’s kind of card. */
export function readProof(
  fields: unknown,
  identity: Answers['identity'],
  rules: Policy['proof'],
): Reading<TypedProof> {
  const reading = readFields(cardSchema, fields);
  const typed = cardSchema.shape.numeroSerie.safeParse(serialIn(fields));
  const problems = reading.ok ? [] : [...reading.problems];
  const serial = parseCardSerial(typed.data ?? '', requiredCard(identity), rules, identity.nir);
  if (typed.success && !serial.ok) problems.push({ field: 'numeroSerie', code: serial.reason });
  if (!reading.ok || !serial.ok) return { ok: false, problems };
  return { ok: true, value: { tail: reading.value.iban7, serial: serial.serial } };
}

/** The first of two screens: only whether the end of an IBAN is written as one, whatever the register says. */
export function readIbanTail(typed: string): readonly FieldProblem[] {
  const reading = readFields(cardSchema.pick({ iban7: true }), { iban7: typed });
  return reading.ok ? [] : reading.problems;
}

function serialIn(fields: unknown): unknown {
  return typeof fields === 'object' && fields !== null && 'numeroSerie' in fields
    ? fields.numeroSerie
    : undefined;
}

/** The message of a wrong field. */
export function cardProblem({ field, code }: FieldProblem, card: CardType, voice: Voice): Problem {
  const t = cardTexts[voice];
  const iban: TextsByCode = t.ibanProblems;
  const serial: TextsByCode = t.serialProblems[card];
  if (field === 'iban7') return { field, text: iban[code] ?? t.ibanProblems.length };
  return { field, text: serial[code] ?? t.serialProblems[card].length };
}
