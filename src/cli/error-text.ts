import { errorFields } from '#src/log/error-fields.ts';
import { maskPersonalData } from '#src/log/personal-data.ts';

/**
 * The text of an error for the terminal, with its code when the message lacks it; of an aggregate (a host name with two
 * addresses), each error. Database messages about a value (classes 22 and 23) repeat the value, so they are replaced
 * by its place in the schema.
 */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return maskPersonalData(String(error));
  const { code, table, column, constraint } = errorFields(error) ?? {};
  if (typeof code === 'string' && /^2[23]/.test(code)) {
    const place = Object.entries({ table, column, constraint }).flatMap(([what, name]) =>
      name === undefined ? [] : [`${what} ${name}`],
    );
    return `the database refused a value (${[code, ...place].join(', ')})`;
  }
  const inner = error instanceof AggregateError ? error.errors.map(errorText) : [];
  const message = maskPersonalData(error.message) || [...new Set(inner)].join('; ') || error.name;
  return code === undefined || message.includes(String(code)) ? message : `${message} (${code})`;
}
