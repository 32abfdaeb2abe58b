/** What a statement begins and ends with in which a semicolon ends nothing: bodies, quotes, comments. */
const pieces =
  /\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|;|[^$'"\-/;]+|[\s\S]/g;

/** The statements of a `.sql` file, each on one line, without comments. */
export function statementsOf(text: string): readonly string[] {
  const statements: string[] = [];
  let statement = '';
  for (const [piece] of text.matchAll(pieces)) {
    if (piece === ';') {
      statements.push(statement);
      statement = '';
    } else if (!/^(--|\/\*)/.test(piece)) statement += piece;
  }
  return [...statements, statement].map((one) => one.replace(/\s+/g, ' ').trim()).filter((one) => one !== '');
}

/** The parts of a list that commas separate, but for commas between parentheses or in quotes. */
export function listOf(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const [piece] of text.matchAll(/'(?:[^']|'')*'|[\s\S]/g)) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (piece === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += piece;
  }
  return [...parts, part.trim()];
}
