/** The fields of a log line as text for a person at a terminal: what happened, then what is known about it. */
export function textLine({ level, event, text, time: _time, ...others }: Record<string, unknown>): string {
  const known = Object.entries(others).map(([name, value]) => `${name} ${asText(value)}`);
  const about = [event, ...known].filter((part) => part !== undefined).join(', ');
  return text === undefined ? `${level}: ${about}` : `${level}: ${asText(text)} (${about})`;
}

/** Control characters are escaped: a terminal would obey them. */
function asText(value: unknown): string {
  const json = JSON.stringify(value);
  return typeof value === 'string' ? json.slice(1, -1).replaceAll('\\"', '"') : json;
}
