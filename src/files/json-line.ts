import { UnusableFile } from '#src/files/open-file.ts';
import { parseJson } from '#src/texts/json.ts';

/** A line of a file that is not what it should be. */
export function brokenLine(number: number, what: string): UnusableFile {
  return new UnusableFile(`line ${number}: ${what}`);
}

/** The JSON of a line. Throws `UnusableFile` where it is none. */
export function parseLine(number: number, text: string): unknown {
  const value = parseJson(text);
  if (value === undefined) throw brokenLine(number, 'this is no JSON');
  return value;
}
