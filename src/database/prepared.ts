import { hash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import type pg from 'pg';

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

/** A value as PostgreSQL reads it. */
export type Sent = string | Buffer | null;

/** What came back, each value as PostgreSQL wrote it. */
export interface Answer {
  /** For instance `UPDATE 1`. */
  readonly completed: string;
  readonly rows: readonly (readonly (string | null)[])[];
}

/** A text and the name under which it is prepared. */
export interface Repeated {
  readonly name: string;
  readonly text: string;
}

export type OnAnswer = (error: Error | null, answer: Answer) => void;

/**
 * A statement that its connection has prepared and run before: values are sent, rows come back, and nothing is said again
 * of its text and its columns. PostgreSQL fails it when its columns have changed since.
 *
 * The driver runs it in its turn (`submit`) and passes the messages of the server on to it (`handle…`).
 */
export class RepeatedQuery implements pg.Submittable {
  /** What it runs. */
  readonly text: string;
  readonly #name: string;
  readonly #values: Sent[];
  readonly #onAnswer: OnAnswer;
  readonly #rows: (readonly (string | null)[])[] = [];
  #completed = '';

  constructor({ name, text }: Repeated, values: Sent[], onAnswer: OnAnswer) {
    this.text = text;
    this.#name = name;
    this.#values = values;
    this.#onAnswer = onAnswer;
  }

  submit(connection: pg.Connection): void {
    connection.stream.cork();
    connection.bind({ statement: this.#name, values: this.#values }, false);
    connection.execute(null, false);
    connection.sync();
    connection.stream.uncork();
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#rows.push(fields);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#completed = text;
  }

  handleReadyForQuery(): void {
    this.#onAnswer(null, { completed: this.#completed, rows: this.#rows });
  }

  handleError(error: Error): void {
    this.#onAnswer(error, { completed: '', rows: [] });
  }
}

/** A value as it is sent; undefined for one that the driver itself has to write: JSON, an array of anything but bytes. */
export function sent(value: unknown): Sent | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || Buffer.isBuffer(value)) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value) && value.every((item) => Buffer.isBuffer(item)))
    return `{${value.map((bytes) => `"\\\\x${bytes.toString('hex')}"`).join(',')}}`;
  return typeof value === 'object' ? undefined : String(value);
}
