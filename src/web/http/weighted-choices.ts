/** Longer than any browser sends: the rest is not read. */
const longest = 400;

export interface Choice {
  /** In lower case. */
  readonly name: string;
  /** 1 by default; 0 refuses; 0 also for an invalid number. */
  readonly quality: number;
}

/**
 * The choices of an `Accept-Encoding` or `Accept-Language` header in their order (RFC 9110, 12.4.2). A header that is
 * too long is cut after its last complete choice.
 */
export function weightedChoices(header: string | undefined): readonly Choice[] {
  let text = header ?? '';
  if (text.length > longest) text = text.slice(0, text.lastIndexOf(',', longest) + 1);
  return text
    .toLowerCase()
    .split(',')
    .map((part) => {
      const [name = '', ...parameters] = part.split(';').map((word) => word.trim());
      return { name, quality: qualityIn(parameters) };
    })
    .filter(({ name }) => name !== '');
}

function qualityIn(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const [key = '', value = ''] = parameter.split('=', 2);
    if (key.trimEnd() === 'q') return Number(value) || 0;
  }
  return 1;
}
