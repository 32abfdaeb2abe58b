import { composeIBAN } from 'ibantools';

/** RIB letters as digits: A and J are 1, B, K and S are 2 … Z is 9. */
function ribDigits(text: string): string {
  return text
    .replace(/[A-I]/g, (letter) => digit(letter, 'A', 1))
    .replace(/[J-R]/g, (letter) => digit(letter, 'J', 1))
    .replace(/[S-Z]/g, (letter) => digit(letter, 'S', 2));
}

function digit(letter: string, first: string, value: number): string {
  return String(letter.charCodeAt(0) - first.charCodeAt(0) + value);
}

/** The key of a RIB (2 digits): bank (5), branch (5), account (11 digits or capitals). */
export function ribKey(bank: string, branch: string, account: string): string {
  const weighted =
    89 * Number(ribDigits(bank)) + 15 * Number(ribDigits(branch)) + 3 * Number(ribDigits(account));
  return String(97 - (weighted % 97)).padStart(2, '0');
}

/** A French IBAN whose RIB key and check digits are right. */
export function frenchIban(bank: string, branch: string, account: string): string {
  const iban = composeIBAN({
    countryCode: 'FR',
    bban: bank + branch + account + ribKey(bank, branch, account),
  });
  if (iban === null) throw new Error('Not the parts of a French bank account');
  return iban;
}
