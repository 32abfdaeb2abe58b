import { hash } from 'node:crypto';
import { CompiledQuery } from 'kysely';

/** The name of each text that connections prepare. */
const names = new Map<string, string>();

/**
 * A query whose text is always the same, with the values of this call: a connection parses and plans it once. Only for
 * texts that are fixed in the code, because a connection keeps each of them until it ends.
 */
export function prepared<Row>(text: string, values: readonly unknown[]): CompiledQuery<Row> {
  if (!names.has(text)) names.set(text, hash('sha256', text).slice(0, 32));
  return CompiledQuery.raw(text, [...values]);
}

/** The name under which a text is prepared; undefined for a text that is not. */
export function preparedName(text: string): string | undefined {
  return names.get(text);
}
