import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Browser } from './browser.ts';

/** One request of the journey: `GET /connexion`; `hashes`: a password is computed in it. */
export interface Step {
  readonly name: string;
  readonly hashes: boolean;
}

/** Does a request, and whatever is to be measured around it. */
export type Around = (step: Step, ask: () => Promise<Answer>) => Promise<Answer>;

/** An answer that the journey does not expect there. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
  readonly answer: Answer;
  constructor(step: Step, answer: Answer) {
    super(`${step.name}: ${answer.status} ${answer.location ?? ''}`.trim());
    this.answer = answer;
  }
}

interface SendOptions {
  readonly hashes?: boolean;
  /** How the request is called in the report, where its path holds a secret. */
  readonly pattern?: string;
}

/** The actions of a visitor; each throws `Unexpected` when the response is not the expected one. */
export interface Walk {
  see(path: string, pattern?: string): Promise<Answer>;
  /** Follows a link that leads on to another address: `to`, or one of that origin. */
  pass(path: string, to: string, pattern?: string): Promise<Answer>;
  send(
    path: string,
    fields: Readonly<Record<string, string>>,
    to: string,
    options?: SendOptions,
  ): Promise<Answer>;
  /** A program reports something; the answer has no content. */
  tell(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<void>;
}

/**
 * A request refused for load is retried after its `Retry-After`, up to five times, but not after `patientUntil`, in
 * milliseconds of `performance.now()`.
 */
export function openWalk(browser: Browser, around: Around, { patientUntil = 0 } = {}): Walk {
  const persist = async (ask: () => Promise<Answer>): Promise<Answer> => {
    let answer = await ask();
    for (let again = 0; again < 5 && answer.retryAfter !== null; again++) {
      const left = patientUntil - performance.now();
      if (left <= 0) break;
      await wait(Math.min(left, answer.retryAfter * 1000));
      if (left > answer.retryAfter * 1000) answer = await ask();
    }
    return answer;
  };
  const asked = async (step: Step, ask: () => Promise<Answer>, expected: (answer: Answer) => boolean) => {
    const answer = await persist(() => around(step, ask));
    if (!expected(answer)) throw new Unexpected(step, answer);
    return answer;
  };
  const leadsTo =
    (to: string) =>
    ({ status, location }: Answer) =>
      status === 303 && (location === to || (/^https:\/\/[^/]+$/.test(to) && originOf(location) === to));
  return {
    see(path, pattern = path) {
      const step = { name: `GET ${pattern}`, hashes: false };
      return asked(
        step,
        () => browser.get(path),
        ({ status }) => status === 200,
      );
    },
    pass(path, to, pattern = path) {
      const step = { name: `GET ${pattern}`, hashes: false };
      return asked(step, () => browser.get(path), leadsTo(to));
    },
    send(path, fields, to, { hashes = false, pattern = path } = {}) {
      const step = { name: `POST ${pattern}`, hashes };
      return asked(step, () => browser.post(path, fields), leadsTo(to));
    },
    async tell(path, body, headers) {
      const step = { name: `POST ${path}`, hashes: false };
      await asked(
        step,
        () => browser.tell(path, body, headers),
        ({ status }) => status === 204,
      );
    },
  };
}

function originOf(location: string | null): string | null {
  return location !== null && URL.canParse(location) ? new URL(location).origin : null;
}
