import { loadModule } from 'libpg-query';
import { readCollected } from '../setting/collected.ts';
import { aboutEverybody, askedEverywhere, onOneServer, refusedThere } from './everybody.ts';
import { ownFunctions } from './functions.ts';
import { judge, partsOf } from './judge.ts';
import { type Rule, rules } from './rules.ts';

/** What the statements that a run of the tests has sent do wrong. `isWholeRun`: what is listed is needed, too. */
export async function brokenRules(isWholeRun: boolean): Promise<readonly string[]> {
  await loadModule();
  const functions = ownFunctions();
  const met = new Set<string>();
  const broken = new Map<string, string>();
  for (const { text, from, values } of readCollected()) {
    const whole = flat(text);
    const file = from.replace(/:\d+$/, '');
    if (onOneServer.some((start) => file.startsWith(start))) continue;
    for (const part of partsOf(whole)) {
      const { faults, isEverybody } = judge(part, functions, part === whole ? values : []);
      const isListed = (aboutEverybody[file] ?? askedEverywhere[file]) !== undefined;
      if (isEverybody && isListed) met.add(file);
      else if (isEverybody) faults.push({ rule: 'every-shard', what: '' });
      if (faults.length > 0 && refusedThere[file] !== undefined) met.add(file);
      else if (faults.length > 0)
        broken.set(`${file} ${faults.map(({ rule }) => rule)}`, explained(from, part, faults));
    }
  }
  const unmet = Object.keys({ ...aboutEverybody, ...askedEverywhere, ...refusedThere }).filter(
    (file) => isWholeRun && !met.has(file),
  );
  return [
    ...broken.values(),
    ...unmet.map((file) => `test/spread/everybody.ts: ${file} needs no place there any more`),
  ];
}

function explained(from: string, part: string, faults: readonly { rule: Rule; what: string }[]): string {
  const why = faults.map(({ rule, what }) => `  ${rule}${what && ` (${what})`}: ${rules[rule]}`);
  return [from, `  ${part.slice(0, 700)}`, ...why].join('\n');
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
