import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { type DemoPerson, demoPersons } from '#src/fictitious/demo-register.ts';
import { paths } from '#src/paths.ts';
import { contactOf, goodPassword, identityOf, proofOf } from '../steps.ts';
import type { Received } from './browser.ts';

type Somebody = Pick<DemoPerson, 'line'>;

/** Generated people of the demo's register whom nothing keeps from enrolling. */
export function ordinaryPeople(): DemoPerson[] {
  return demoPersons().filter(
    ({ cle, situation }) => cle.startsWith('genere-') && /ordinaire/.test(situation.fr),
  );
}

/** The pages in their order; the last one is where the enrolment ends. */
const order: readonly string[] = [
  paths.identity,
  paths.proof,
  paths.terms,
  paths.password,
  paths.contact,
  paths.waiting,
];

function fieldsOf(person: Somebody, email: string): readonly Record<string, string>[] {
  return [
    identityOf(person),
    proofOf(person),
    { accord: 'oui' },
    { motDePasse: goodPassword, confirmation: goodPassword },
    contactOf(email),
  ];
}

/** What an enrolment needs of a browser: another than ours may stand in. */
export interface Asking {
  get(path: string): Promise<Answered>;
  post(path: string, fields?: Readonly<Record<string, string>>): Promise<Answered>;
}
export type Answered = Pick<Received, 'status' | 'location' | 'html'>;

/** The state that enrolments share with the test that interrupts them. */
export interface Progress {
  /** Answers that arrived. */
  answered: number;
  /** Requests without a response, or refused for load. */
  interrupted: number;
  /** No more: something else has failed. */
  over: boolean;
}

/**
 * Enrols somebody, from the first page to waiting for the mail, whatever happens to the server meanwhile.
 *
 * A step that the server has acknowledged (303) must never be lost: whenever the page it led to is asked for
 * again, the answer is that page, or a later one when a form was taken whose answer did not arrive.
 */
export async function enrolThrough(
  browser: Asking,
  person: Somebody,
  email: string,
  progress: Progress = { answered: 0, interrupted: 0, over: false },
): Promise<void> {
  const forms = fieldsOf(person, email);
  let reached = 0;

  async function patiently(ask: () => Promise<Answered>): Promise<Answered | null> {
    if (progress.over) throw new Error('Interrupted for good');
    const answer = await ask().catch(() => null);
    if (answer !== null && answer.status !== 503) {
      progress.answered += 1;
      return answer;
    }
    progress.interrupted += 1;
    await wait(30);
    return null;
  }

  while (reached < forms.length) {
    const path = order[reached] ?? '';
    const shown = await patiently(() => browser.get(path));
    if (shown === null) continue;
    if (shown.status === 303) {
      const place = order.indexOf(shown.location ?? '');
      assert.ok(place > reached, `${path} was acknowledged, but the server went back to ${shown.location}`);
      reached = place;
      continue;
    }
    assert.equal(shown.status, 200, path);
    // A browser that lost the answer sends the form again: a proof may have been taken, under a new token.
    const send = () => patiently(() => browser.post(path, forms[reached]));
    let answer = await send();
    while (answer === null) answer = await send();
    assert.equal(answer.status, 303, `${path}: ${/<title>([^<]*)/.exec(answer.html)?.[1]}`);
    const place = order.indexOf(answer.location ?? '');
    assert.ok(place > reached, `${path} led back to ${answer.location}`);
    reached = place;
  }
}
