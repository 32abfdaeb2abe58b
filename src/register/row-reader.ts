import { clean } from '#src/texts/clean.ts';

/** What a parser makes of a text, or a code that says why nothing. */
export type Read =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly reason: string };

export type Parse = (text: string) => Read;

/** Longer than any value of a register. */
const mostCharacters = 500;

/** Of one line; the sender of more has swapped columns, and sees it. */
const mostProblems = 10;

/**
 * Takes the fields of an object one after the other, each as its parser reads it, and keeps what is wrong with them. Every line
 * of a register passes here, and a library of schemas takes as long for it as all parsers together.
 */
export class RowReader {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #path: string;
  /** `field: code` of each that was wrong, the first ones. */
  readonly problems: string[] = [];

  constructor(values: Readonly<Record<string, unknown>>, path = '') {
    this.#values = values;
    this.#path = path;
  }

  /** Refuses fields that are not among these. One is named, for misspelt it would be lost, unless its name may be data. */
  only(known: ReadonlySet<string>): void {
    for (const field in this.#values)
      if (!known.has(field)) {
        const name = Object.keys(this.#values).find((key) => !known.has(key) && /^[a-z]\w{0,30}$/i.test(key));
        this.note(`${name ? this.#path + name : 'line'}`, 'unknown-field');
        return;
      }
  }

  /** Adds what is wrong with a field, once. */
  note(field: string, code: string): void {
    if (this.problems.length < mostProblems && this.isRight(field)) this.problems.push(`${field}: ${code}`);
  }

  /** Whether nothing was noted of a field, by its whole name. */
  isRight(field: string): boolean {
    return !this.problems.some((problem) => problem.startsWith(`${field}: `));
  }

  text(field: string): string {
    return this.#text(field, this.#values[field]);
  }

  flag(field: string): boolean {
    const value = this.#values[field];
    if (typeof value !== 'boolean') this.#refuse(field, value, 'invalid_type');
    return value === true;
  }

  oneOf<T extends string>(field: string, choices: readonly [T, ...T[]]): T {
    const value = this.#values[field];
    const found = choices.find((choice) => choice === value);
    if (found === undefined) this.#refuse(field, value, 'invalid_value');
    return found ?? choices[0];
  }

  parsed(field: string, parse: Parse): string {
    return this.#parsed(field, this.#values[field], parse);
  }

  /** Null for null, and for an empty text. */
  optional(field: string, parse: Parse): string | null {
    const value = this.#values[field];
    if (value === null || (typeof value === 'string' && clean(value) === '')) return null;
    return this.#parsed(field, value, parse);
  }

  list(field: string, { fewest = 0, most }: { fewest?: number; most: number }, parse: Parse): string[] {
    const value = this.#values[field];
    if (!Array.isArray(value)) {
      this.#refuse(field, value, 'invalid_type');
      return [];
    }
    const items = value.slice(0, most).map((item, at) => this.#parsed(`${field}.${at}`, item, parse));
    if (value.length < fewest) this.#refuse(field, value, 'too_small');
    if (value.length > most) this.#refuse(field, value, 'too_big');
    return items;
  }

  /** What `take` makes of the fields of an object within this one; null for null. */
  within<T>(field: string, take: (fields: RowReader) => T): T | null {
    const value = this.#values[field];
    if (value === null) return null;
    if (!isObject(value)) {
      this.#refuse(field, value, 'invalid_type');
      return null;
    }
    const fields = new RowReader(value, `${field}.`);
    const taken = take(fields);
    this.problems.push(...fields.problems);
    return taken;
  }

  #parsed(field: string, value: unknown, parse: Parse): string {
    const before = this.problems.length;
    const text = this.#text(field, value);
    if (this.problems.length > before) return text;
    const reading = parse(text);
    if (reading.ok) return reading.value;
    this.#refuse(field, value, reading.reason);
    return '';
  }

  #text(field: string, value: unknown): string {
    if (typeof value !== 'string') this.#refuse(field, value, 'invalid_type');
    else if (value.length <= mostCharacters) return value;
    else this.#refuse(field, value, 'too_big');
    return '';
  }

  #refuse(field: string, value: unknown, code: string): void {
    this.note(this.#path + field, value === undefined ? 'missing' : code);
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
