/** More than any form of ours has. */
const mostFields = 50;

/** Longer than anything that belongs in a field: the rest is cut, and the field's own rule refuses it. */
const fieldLimit = 1_000;

/**
 * The fields of a posted form as text, cut to what a field can hold. A field sent twice is not ours: none of its
 * values counts. Throws a 400 when there are more fields than in any form of ours.
 */
export function postedFields(body: unknown): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  if (typeof body !== 'object' || body === null) return fields;
  const sent = Object.entries(body);
  if (sent.length > mostFields)
    throw Object.assign(new Error('A form has too many fields'), { statusCode: 400 });
  for (const [name, value] of sent)
    if (typeof value === 'string') fields.set(name, value.slice(0, fieldLimit).toWellFormed());
  return fields;
}
