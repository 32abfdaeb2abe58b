/**
 * Rewrites our extracts of the official list of communes (COG):
 *
 * - `src/caisses/reference/postal-codes.json`: the sorted postal codes of each département. A code that covers two
 *   départements is listed in both;
 * - `src/civil-status/commune-codes.json`: the commune of each municipal arrondissement, and the former codes of each
 *   commune and of those merged into it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const communes = z.array(
  z.object({
    code: z.string(),
    type: z.string(),
    departement: z.string().optional(),
    codesPostaux: z.array(z.string()).optional(),
    commune: z.string().optional(),
    anciensCodes: z.array(z.string()).optional(),
  }),
);
type Communes = z.infer<typeof communes>;

const source = new URL(import.meta.resolve('@etalab/decoupage-administratif/data/communes.json'));

function byDepartement(list: Communes): Map<string, Set<string>> {
  const codes = new Map<string, Set<string>>();
  for (const { departement, codesPostaux = [] } of list) {
    if (departement === undefined || codesPostaux.length === 0) continue;
    const known = codes.get(departement) ?? new Set<string>();
    for (const code of codesPostaux) known.add(code);
    codes.set(departement, known);
  }
  return codes;
}

function arrondissements(list: Communes): Map<string, Set<string>> {
  const codes = new Map<string, Set<string>>();
  for (const { type, code, commune } of list)
    if (type === 'arrondissement-municipal' && commune !== undefined)
      codes.set(commune, (codes.get(commune) ?? new Set()).add(code));
  return codes;
}

function formerCodes(list: Communes): Map<string, Set<string>> {
  return new Map(
    list
      .filter(({ type, anciensCodes = [] }) => type === 'commune-actuelle' && anciensCodes.length > 0)
      .map(({ code, anciensCodes = [] }) => [code, new Set(anciensCodes)]),
  );
}

/** One line for each key. */
function rows(codes: ReadonlyMap<string, ReadonlySet<string>>): string {
  const lines = [...codes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, set]) => `${JSON.stringify(key)}: ${JSON.stringify([...set].sort().join(' '))}`);
  return `{\n${lines.join(',\n')}\n}`;
}

function write(path: string, content: string): void {
  writeFileSync(new URL(path, new URL('../', import.meta.url)), `${content}\n`);
  process.stdout.write(`${path} written\n`);
}

const list = communes.parse(JSON.parse(readFileSync(source, 'utf8')));
write('src/caisses/reference/postal-codes.json', rows(byDepartement(list)));
write(
  'src/civil-status/commune-codes.json',
  `{\n"arrondissements": ${rows(arrondissements(list))},\n"former": ${rows(formerCodes(list))}\n}`,
);
