/** AFNOR XPZ 10-011 allows six lines of 38; a long name may take a seventh. */
const mostLines = 7;
const mostCharacters = 38;

/**
 * The lines of an address for the window of the envelope; null when it cannot be made to fit. Long lines are broken
 * between words; if there are too many, those in the middle are joined. The first line (name) and the last (postal code
 * and town) are never joined. `fits` says whether a line is narrow enough for the window.
 */
export function windowLines(envelope: string, fits: (line: string) => boolean): readonly string[] | null {
  const lines = envelope
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
  const short = (line: string) => line.length <= mostCharacters && fits(line);
  const broken = lines.flatMap((line) => brokenLine(line, short));
  if (broken.length <= mostLines) return broken.length > 0 && broken.every(short) ? broken : null;
  const [first = '', ...rest] = lines;
  const last = rest.pop() ?? '';
  const name = brokenLine(first, short);
  const town = brokenLine(last, short);
  const middle = brokenLine(rest.join(', '), short);
  const joined = [...name, ...middle, ...town];
  return joined.length <= mostLines && joined.every(short) ? joined : null;
}

/** Breaks a line between words; a word that is too long stays whole. */
function brokenLine(line: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trimStart();
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
