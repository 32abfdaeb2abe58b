import { errorFields } from '#src/log/error-fields.ts';
import { maskPersonalData } from '#src/log/personal-data.ts';

/**
 * An error as a command tells it, with its code where the message does not hold it: of several at once (a name with
 * two addresses) each. What the database says of a value (classes 22 and 23) repeats the value: the place in the
 * schema is told instead.
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
