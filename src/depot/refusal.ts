import { type FileProblem, fileRemedies } from '#src/files/judge-file.ts';
import type { SumProblem } from '#src/reimbursement/sums.ts';

/** Why a deposit is refused, files aside: `read-item.ts` at the door, `judge-item.ts` by what it says, `deposit.ts` by what is stored. */
type DepositProblem =
  | 'not-json'
  | 'encoding'
  | 'nul'
  | 'too-long'
  | 'missing'
  | 'invalid'
  | 'unknown-field'
  | 'repeated-field'
  | 'characters'
  | 'nir'
  | 'scope'
  | SumProblem['code']
  | 'out-of-window'
  | 'before-birth'
  | 'other-birth'
  | 'other-person'
  | 'unknown-person'
  | 'unknown-rank'
  | 'other-adult'
  | 'unknown-thread'
  | 'other-content'
  | 'file-missing'
  | 'file-not-pdf'
  | 'file-later';

export type RefusalCode = DepositProblem | `file-${FileProblem}`;

/** Names a field and a rule, nobody: for the sender’s operator. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** A path as senders write it: `payment.lines.0.reimbursed`; `line` for what cannot be read at all. */
  readonly field: string;
  /** What to do, in one sentence. */
  readonly remedy: string;
}

/** What to do about each. */
export const remedies: Readonly<Record<DepositProblem, string>> = {
  'not-json': 'write one JSON object, whole',
  encoding: 'write it in UTF-8',
  nul: 'take the NUL bytes out: it was damaged on its way',
  'too-long': 'it is longer than any deposit: an end of line is missing',
  missing: 'add the field',
  invalid: 'write the field as docs/deposit.md says',
  'unknown-field': 'take out the field, or correct its name: docs/deposit.md has them all',
  'repeated-field': 'the field is there twice: give it once',
  characters:
    'take out the characters that nobody can see: controls, marks of direction, replacement characters',
  nir: 'write the 13 characters of the number, or 15 with its key: one of them is wrong',
  scope: 'this sender may not deposit this kind: have its scopes changed (compte sender scopes)',
  amount: 'the amount is what the lines reimburse, less the deductions: correct one of them',
  'line-sum': 'the base at the rate gives another sum, or the period has fewer days: correct the line',
  'more-than-paid': 'more is reimbursed than was paid for the act: correct one of them',
  'line-days':
    'a day is after the payment, or a period ends before it begins, or more than a month after the payment: correct it',
  'line-kind': 'care and third-party have lines of kind care, the others of kind benefit',
  deduction:
    'such an act has no such deduction on that day, or more is kept back than a person has in a day or a year: correct it',
  recipient: 'care is paid to the insured (null); a third party has a name',
  'out-of-window':
    'the day lies before the months that are shown, or is to come: correct it, or leave it out',
  'before-birth': 'the day lies before the birth of whom it is about: correct it, or the rights',
  'other-birth': 'the number says another year of birth than the birth date: correct one of them',
  'other-person': 'rank 1 is another person than the number of the deposit: correct one of them',
  'unknown-person': 'nobody of this number is in the register: correct it, or load the register first',
  'unknown-rank': 'the rights of this person know nobody of this rank: deposit their rights first',
  'other-adult':
    'somebody of this rank is of age, and the insured must not read it: deposit it for them, under their own number and rank 1',
  'unknown-thread':
    'this person has no such thread with this sender: give that of a message of theirs, or null',
  'other-content': 'this id was used for another content: take a new id for each deposit',
  'file-missing': 'the file is not in the folder of --pdf-dir (or in the form), or cannot be read: add it',
  'file-not-pdf': 'a document is a PDF: convert it',
  'file-later': 'the file could not be looked through now: send it again later',
};

export function refused(code: DepositProblem, field: string): Refusal {
  return { kind: 'refused', code, field, remedy: remedies[code] };
}

/** Refuses a file for what is wrong with it. */
export function refusedFile(problem: FileProblem, field: string): Refusal {
  return { kind: 'refused', code: `file-${problem}`, field, remedy: fileRemedies[problem] };
}
