import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { configurationDocument } from '#src/config/document.ts';
import { rulesTestFile } from './docs/alert-cases.ts';
import { rulesFile } from './docs/alerts.ts';
import { asvsDocument } from './docs/asvs/asvs.ts';
import { capacityDocument } from './docs/capacity/capacity.ts';
import { dashboardFile } from './docs/dashboard.ts';
import { depositDocument } from './docs/deposit.ts';
import { journeyDocument } from './docs/journey.ts';
import { generated } from './docs/markdown.ts';
import { operationsDocument } from './docs/operations.ts';
import { policyDocument } from './docs/policy.ts';
import { refusalsDocument } from './docs/refusals.ts';
import { registerDocument } from './docs/register.ts';

/**
 * Writes the documents that are generated from the code: `npm run docs`. `--check` writes nothing; it names stale
 * documents, and fails if there are any.
 */
const folder = new URL('../docs/', import.meta.url);

/** Each document that is generated or has a generated part, as it should be, by its name in `docs/`. */
export function documents(): ReadonlyMap<string, string> {
  return new Map([
    ['configuration.md', `${generated}\n\n${configurationDocument()}`],
    ['asvs.md', asvsDocument()],
    ['journey.md', journeyDocument()],
    ['policy.md', policyDocument()],
    ['refusals.md', refusalsDocument()],
    ['operations.md', operationsDocument(readFileSync(new URL('operations.md', folder), 'utf8'))],
    ['../deploy/prometheus-rules.yml', rulesFile()],
    ['../deploy/prometheus-rules-test.yml', rulesTestFile()],
    ['../deploy/grafana.generated.json', dashboardFile()],
    ['register.md', registerDocument()],
    ['deposit.md', depositDocument()],
    ['capacity.md', capacityDocument(readFileSync(new URL('performance.md', folder), 'utf8'))],
  ]);
}

/** Names of the documents whose file differs. */
export function staleDocuments(): string[] {
  return [...documents()].flatMap(([name, text]) => {
    const file = new URL(name, folder);
    return existsSync(file) && readFileSync(file, 'utf8') === text ? [] : [name];
  });
}

if (import.meta.main) {
  const check = process.argv.includes('--check');
  const stale = staleDocuments();
  const texts = documents();
  for (const name of stale) {
    if (!check) writeFileSync(new URL(name, folder), texts.get(name) ?? '');
    process.stdout.write(`docs/${name}: ${check ? 'stale, run npm run docs' : 'written'}\n`);
  }
  if (stale.length === 0) process.stdout.write('The documents are up to date\n');
  if (check && stale.length > 0) process.exitCode = 1;
}
