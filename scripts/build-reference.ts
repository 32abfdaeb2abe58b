/**
 * Rewrites our extracts of the official list of communes (COG):
 *
 * - `src/caisses/reference/postal-codes.json`: the sorted postal codes of each département. A code that covers two
 *   départements is listed in both;
 * - `src/civil-status/commune-codes.json`: the commune of each municipal arrondissement, and that of each former code: its
 *   own, or that of a commune merged into it.
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

function byDepartement(list: Communes): Map<string, string> {
  const codes = new Map<string, Set<string>>();
  for (const { departement, codesPostaux = [] } of list) {
    if (departement === undefined || codesPostaux.length === 0) continue;
    const known = codes.get(departement) ?? new Set<string>();
    for (const code of codesPostaux) known.add(code);
    codes.set(departement, known);
  }
  return new Map([...codes].map(([departement, known]) => [departement, [...known].sort().join(' ')]));
}

function arrondissements(list: Communes): Map<string, string> {
  return new Map(
    list.flatMap(({ type, code, commune }) =>
      type === 'arrondissement-municipal' && commune !== undefined ? [[code, commune]] : [],
    ),
  );
}

function formerCodes(list: Communes): Map<string, string> {
  const communes = new Map<string, string>();
  for (const { type, code, anciensCodes = [] } of list) {
    if (type !== 'commune-actuelle') continue;
    for (const former of anciensCodes) {
      if (communes.has(former)) throw new Error(`${former} is a former code of two communes`);
      communes.set(former, code);
    }
  }
  return communes;
}

/** One line for each key. */
function rows(values: ReadonlyMap<string, string>): string {
  const lines = [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
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
