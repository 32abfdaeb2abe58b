/** Mail domains that people in France use, the most used first; never corrected. */
const usualDomains = (
  'gmail.com orange.fr hotmail.fr hotmail.com yahoo.fr free.fr wanadoo.fr laposte.net sfr.fr outlook.fr ' +
  'outlook.com live.fr icloud.com yahoo.com bbox.fr neuf.fr numericable.fr aol.com club-internet.fr gmx.fr ' +
  'msn.com protonmail.com proton.me cegetel.net aliceadsl.fr nordnet.fr mailo.com netcourrier.com'
).split(' ');

/** Existing domains that look like a typing error of a usual one. */
const lookAlikes = new Set(
  (
    'mail.com ymail.com gmx.com gmx.net gmx.de gmx.ch me.com mac.com live.com live.be live.co.uk aol.fr sfr.com ' +
    'orange.com orange.net free.com bbox.com hotmail.be hotmail.it hotmail.es hotmail.de hotmail.ch hotmail.co.uk ' +
    'outlook.be outlook.es outlook.it outlook.de outlook.pt yahoo.be yahoo.it yahoo.es yahoo.de yahoo.co.uk ' +
    'yahoo.ca googlemail.com rocketmail.com laposte.fr neuf.com proton.fr mailo.fr pm.me email.com'
  ).split(' '),
);

/**
 * The domain that was probably meant, or null: `gmial.com` → `gmail.com`, `wanadoo.com` → `wanadoo.fr`.
 *
 * It is only offered to the person as a question. Allows one slip (a letter added, dropped, changed, or two adjacent
 * ones swapped), two in a domain of ten characters or more; a name of four letters or fewer («sfr», «free») must keep its
 * letters, since many other short domains exist. Existing domains are never corrected.
 */
export function suggestDomain(address: string): string | null {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  if (domain.length > 40 || usualDomains.includes(domain) || lookAlikes.has(domain)) return null;
  const slips = usualDomains.map((candidate) => ({
    candidate,
    distance: distanceBetween(domain, candidate),
  }));
  const likely = slips.filter(({ candidate, distance }) => isLikely(domain, candidate, distance));
  const best = likely.toSorted((a, b) => a.distance - b.distance)[0];
  return best?.candidate ?? null;
}

function isLikely(domain: string, candidate: string, slips: number): boolean {
  const name = nameOf(candidate);
  if (nameOf(domain) === name) return domain.split('.').length === 2;
  if (name.length <= 4) return slips === 1 && letters(domain) === letters(candidate);
  return slips <= (candidate.length >= 10 ? 2 : 1);
}

function nameOf(domain: string): string {
  return domain.split('.')[0] ?? '';
}

function letters(domain: string): string {
  return [...domain].toSorted().join('');
}

/** The number of slips between two domains, or a lower bound if their lengths differ by more than two. */
function distanceBetween(domain: string, candidate: string): number {
  const longer = Math.abs(domain.length - candidate.length);
  return longer > 2 ? longer : slipsBetween(domain, candidate);
}

/** Optimal string alignment distance (Damerau-Levenshtein without repeated edits). */
export function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      const least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + changed);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(swapped ? Math.min(least, at(beforeLast, j - 2) + 1) : least);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
