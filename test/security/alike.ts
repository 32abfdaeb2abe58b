import assert from 'node:assert/strict';
import type { Seen, Visitor } from '../visitor.ts';

/** All that somebody outside can compare: not the time, which has its own measure, nor what is drawn for each. */
export function outside({ status, location, html, headers }: Seen) {
  const { date: _date, 'content-length': _length, 'set-cookie': cookies, ...compared } = headers;
  return {
    status,
    location: location?.replaceAll(/(state|nonce|code_challenge)=[\w-]+/g, '$1=') ?? null,
    headers: { ...compared, location: null },
    cookies: [cookies ?? []].flat().map((cookie) => cookie.replace(/=[^;]*/, (value) => `=${value.length}`)),
    html: html
      .replaceAll(/name="_csrf" value="[^"]*"/g, '')
      .replaceAll(/ value="[^"]*"/g, '')
      .replaceAll(/<strong>[0-9A-Z]{4}-[0-9A-Z]{4}<\/strong>/g, ''),
  };
}

type Situations = Readonly<Record<string, Record<string, string>>>;

interface Asking {
  readonly path: string;
  /** Where the form stands, when it is another page. */
  readonly shownAt?: string;
  readonly situations: Situations;
  /** How often each form is sent: the limits of all are met at the same time. */
  readonly rounds: number;
  /** A browser for each situation and round; by default one for each situation. */
  readonly visitorOf: (name: string, round: number) => Visitor;
}

/** Sends the same kind of form for each situation, again and again: no two answers of a round may differ. */
export async function alike({ path, shownAt = path, situations, rounds, visitorOf }: Asking): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    const answers: [string, ReturnType<typeof outside>][] = [];
    for (const [name, fields] of Object.entries(situations)) {
      const visitor = visitorOf(name, round);
      await visitor.get(shownAt);
      answers.push([name, outside(await visitor.post(path, fields))]);
    }
    same(answers, `POST ${path}, try ${round}`);
  }
}

/** None of the answers may differ from the first. */
export function same(answers: readonly (readonly [string, unknown])[], what: string): void {
  const [first] = answers;
  for (const [name, answer] of answers)
    assert.deepEqual(answer, first?.[1], `${what}: ${name} and ${first?.[0]}`);
}

/** One browser for each situation. */
export function oneEach(newVisitor: () => Visitor): (name: string) => Visitor {
  const known = new Map<string, Visitor>();
  return (name) => {
    const visitor = known.get(name) ?? newVisitor();
    known.set(name, visitor);
    return visitor;
  };
}
