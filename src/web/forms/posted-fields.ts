/** More fields than any of our forms has. */
export const mostFields = 50;

/** Longer than any valid field: the rest is cut, and the field's own rule refuses it. */
export const fieldLimit = 1_000;

/**
 * The fields of a posted form as text, each cut to `longest` characters. A field sent twice is not from our forms: its values
 * are ignored, but for one of `lists`: these are joined by commas. Throws a 400 when there are more fields than in any of our forms.
 */
export function postedFields(
  body: unknown,
  longest = fieldLimit,
  lists: readonly string[] = [],
): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  if (typeof body !== 'object' || body === null) return fields;
  const sent = Object.entries(body);
  if (sent.length > mostFields)
    throw Object.assign(new Error('A form has too many fields'), { statusCode: 400 });
  for (const [name, values] of sent) {
    const value = Array.isArray(values) && lists.includes(name) ? values.slice(0, mostFields).join() : values;
    if (typeof value === 'string') fields.set(name, value.slice(0, longest).toWellFormed());
  }
  return fields;
}
