/**
 * Rewrites `src/caisse/reference/postal-codes.json` from the official list of communes (COG): for each
 * département its postal codes, sorted. A code that straddles two départements is listed in both.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const communes = z.array(
  z.object({ departement: z.string().optional(), codesPostaux: z.array(z.string()).optional() }),
);

const source = new URL(import.meta.resolve('@etalab/decoupage-administratif/data/communes.json'));
const target = new URL('../src/caisse/reference/postal-codes.json', import.meta.url);

function byDepartement(list: z.infer<typeof communes>): Map<string, Set<string>> {
  const codes = new Map<string, Set<string>>();
  for (const { departement, codesPostaux = [] } of list) {
    if (departement === undefined || codesPostaux.length === 0) continue;
    const known = codes.get(departement) ?? new Set<string>();
    for (const code of codesPostaux) known.add(code);
    codes.set(departement, known);
  }
  return codes;
}

const codes = byDepartement(communes.parse(JSON.parse(readFileSync(source, 'utf8'))));
const rows = [...codes]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([departement, set]) => `${JSON.stringify(departement)}: ${JSON.stringify([...set].sort().join(' '))}`,
  );
writeFileSync(target, `{\n${rows.join(',\n')}\n}\n`);
process.stdout.write(`${rows.length} départements written\n`);
