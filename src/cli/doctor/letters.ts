import type { CaisseReference } from '#src/caisses/reference.ts';
import type { Finding } from '#src/cli/doctor/finding.ts';
import type { Config } from '#src/config/config.ts';
import { noPaper, returnAddressWarning } from '#src/letters/return-address.ts';

/** Whether undeliverable letters are returned, and whether a canary shows that the others arrive. */
export function examineLetters(letters: Config['letters'], { caisses }: CaisseReference): Finding[] {
  const about = 'letters';
  if (!letters.sent) return [{ about, state: 'warning', detail: noPaper }];
  const lost = returnAddressWarning(letters.returnAddress, caisses);
  const findings: Finding[] = [];
  if (lost) findings.push({ about, state: 'warning', detail: lost });
  if (letters.canaryTo.length === 0)
    findings.push({
      about,
      state: 'warning',
      detail: 'LETTERS_CANARY_ADDRESS is not set: nothing shows that letters arrive',
    });
  if (findings.length > 0) return findings;
  return [{ about, state: 'ok', detail: 'a return address is on each, and a canary travels along' }];
}
