import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { test } from 'node:test';
import { parse } from 'acorn';
import { analyse } from 'scslre';

interface Pattern {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression written in the program, and where one is put together from parts. */
function patternsOfTheProgram(): { literals: Pattern[]; built: string[] } {
  const literals: Pattern[] = [];
  const built: string[] = [];
  for (const file of globSync('src/**/*.{ts,js}')) {
    if (/\.test\.ts$|\/testing(-[a-z]+)?\.ts$/.test(file)) continue;
    const text = readFileSync(file, 'utf8');
    parse(file.endsWith('.ts') ? stripTypeScriptTypes(text) : text, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowHashBang: true,
      locations: true,
      onToken(token) {
        const value: unknown = 'value' in token ? token.value : null;
        if (value === 'RegExp') built.push(file);
        if (typeof value !== 'object' || value === null || !('pattern' in value)) return;
        const flags = 'flags' in value ? String(value.flags) : '';
        literals.push({ where: `${file}:${token.loc?.start.line}`, source: String(value.pattern), flags });
      },
    });
  }
  return { literals, built: [...new Set(built)].sort() };
}

/** How a text of one character repeated makes the pattern take more than its length; null when none does. */
function superlinear({ source, flags }: Pick<Pattern, 'source' | 'flags'>): string | null {
  const { reports } = analyse({ source, flags }, { reportTypes: { Move: true, Self: true, Trade: true } });
  const [worst] = reports;
  return worst ? `${worst.type}${worst.exponential ? ', exponential' : ''}` : null;
}

test('every regular expression of the program runs in time linear in its text', () => {
  const { literals, built } = patternsOfTheProgram();
  assert.ok(literals.length > 200, 'they were found');
  const found = literals.flatMap(({ where, source, flags }) => {
    const how = superlinear({ source, flags });
    return how === null ? [] : [`${where} /${source}/${flags}: ${how}`];
  });
  assert.deepEqual(found, []);
  // Put together from parts, and so not seen here: fed with hostile text by hostile-text.test.ts.
  // Migrations, which `effects.ts` reads, are our own.
  assert.deepEqual(built, [
    'src/database/plan/effects.ts',
    'src/log/personal-data.ts',
    'src/texts/french-words.ts',
  ]);
});

test('the scan detects those that blocked the event loop', () => {
  for (const source of ['\\s*;\\s*q\\s*=\\s*', '\\s+$', '(a+)+b', '=+$', '^(\\d{5})?\\s*(.*)$'])
    assert.notEqual(superlinear({ source, flags: '' }), null, source);
});
