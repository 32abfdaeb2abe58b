const longestLooked = 2_000;
const mostTables = 4;

/**
 * The name of a statement in a trace: what it does and with which tables, `select session, account`. Made of words of the
 * text alone, whose values stand apart.
 */
export function statementName(text: string): string {
  const looked = text.slice(0, longestLooked).toLowerCase();
  const [verb = 'other'] = /[a-z]+/.exec(looked) ?? [];
  const own = new Set(
    [...looked.matchAll(/\b"?([a-z_]{1,63})"? as (?:not |materialized )*\(/g)].map(([, name]) => name),
  );
  const named = [...looked.matchAll(/\b(?:from|into|update|join) "?([a-z_]{1,63})"?/g)].map(
    ([, name = '']) => name,
  );
  const tables = [...new Set(named)].filter(
    (name) => !own.has(name) && !/^(select|only|lateral|set)$/.test(name),
  );
  return [verb, tables.slice(0, mostTables).join(', ')].join(' ').trim();
}
