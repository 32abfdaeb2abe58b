import { inspect } from 'node:util';

/**
 * A value that nothing prints by accident: strings, JSON and inspection show `[masked]`.
 * `reveal()` returns the value.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return '[masked]';
  }

  toJSON(): string {
    return '[masked]';
  }

  [inspect.custom](): string {
    return '[masked]';
  }
}
