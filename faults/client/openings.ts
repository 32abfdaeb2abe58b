import { AssertionError } from 'node:assert';
import { setTimeout as wait } from 'node:timers/promises';
import { paths, withToken } from '#src/paths.ts';
import type { Traveller } from '../../bench/setting/people.ts';
import { type Answered, type Asking, enrolThrough, type Progress } from '../../test/reliability/enrolment.ts';
import { goodPassword } from '../../test/steps.ts';
import type { Scene } from '../setting/scene.ts';
import { asking, type Visitors } from './visitors.ts';

/** Called when somebody sends a form, before and after. */
type Around = (path: string, send: () => Promise<Answered>) => Promise<Answered>;

interface OpeningOptions {
  readonly visitors: Visitors;
  readonly scene: Pick<Scene, 'crowd' | 'mails'>;
  readonly progress: Progress;
  readonly around?: Around;
}

/**
 * Somebody opens an account, from the first page over the link of the mail to signing in on another machine, and sends
 * each step again until it is answered. Throws where an acknowledged step was lost, or what nobody should see is shown.
 */
export async function openOne(options: OpeningOptions): Promise<Traveller> {
  const { visitors, scene, progress, around } = options;
  const traveller = scene.crowd.next();
  const { email, line } = traveller;
  const browser = watched(asking(visitors.browser(traveller)), around);
  const elsewhere = watched(asking(visitors.browser(traveller)), around);
  await enrolThrough(browser, traveller, email, progress);
  const link = withToken(paths.link, await patiently(() => scene.mails.tokenFor(email)));
  await insist(progress, async () => {
    const shown = await browser.get(link);
    if (/déjà confirmée/.test(shown.html)) return true;
    return isAnswered(shown) && leadsTo(paths.confirmed, await browser.post(link));
  });
  await insist(progress, async () => {
    const shown = await elsewhere.get(paths.account);
    if (shown.status === 200) return true;
    const fields = { nir: line.nir, motDePasse: goodPassword };
    return (
      isAnswered(shown) &&
      isAnswered(await elsewhere.get(paths.signIn)) &&
      leadsTo(paths.account, await elsewhere.post(paths.signIn, fields))
    );
  });
  return traveller;
}

interface Opened {
  readonly opened: readonly Traveller[];
  /** Requests without an answer, or refused for now, which were sent again. */
  readonly interrupted: number;
  /** Acknowledged steps that were lost, and answers that nobody should see. */
  readonly wrong: readonly string[];
}

export interface Openings {
  /** So far. */
  opened(): readonly Traveller[];
  /** Whether too much has gone wrong for anybody to go on. */
  isOver(): boolean;
  /** When somebody next sends the form of this page. */
  posted(path: string): Promise<void>;
  /** Nobody begins any more; over once those under way have ended. */
  stop(): Promise<Opened>;
}

/** Nobody goes on after so many wrong answers. */
const enoughWrong = 20;

/** People who open accounts one after the other, so many at a time. */
export function openOpenings({
  visitors,
  scene,
  lanes,
}: Omit<OpeningOptions, 'progress'> & { readonly lanes: number }): Openings {
  const progress: Progress = { answered: 0, interrupted: 0, over: false };
  const opened: Traveller[] = [];
  const wrong: string[] = [];
  const awaited = new Map<string, PromiseWithResolvers<void>>();
  let isOver = false;
  const around: Around = (path, send) => {
    const pattern = path.startsWith('/validation-email/') ? paths.link : path;
    awaited.get(pattern)?.resolve();
    awaited.delete(pattern);
    return send();
  };
  const lane = async (): Promise<void> => {
    while (!isOver && wrong.length < enoughWrong) {
      try {
        opened.push(await openOne({ visitors, scene, progress, around }));
      } catch (error) {
        if (!(error instanceof AssertionError || error instanceof WrongAnswer)) throw error;
        wrong.push(error.message);
      }
    }
  };
  const all = Promise.all(Array.from({ length: lanes }, lane)).finally(() => {
    progress.over = true;
  });
  all.catch((error: unknown) => {
    for (const { reject } of awaited.values()) reject(error);
  });
  return {
    opened: () => opened,
    isOver: () => wrong.length >= enoughWrong,
    posted(path) {
      const next = awaited.get(path) ?? Promise.withResolvers<void>();
      awaited.set(path, next);
      return Promise.race([next.promise, all.then(() => {})]);
    },
    async stop() {
      isOver = true;
      await all;
      return { opened, interrupted: progress.interrupted, wrong };
    },
  };
}

/** An answer that nobody should get, whatever fails. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

function watched(browser: Asking, around: Around = (_path, send) => send()): Asking {
  return { get: browser.get, post: (path, fields) => around(path, () => browser.post(path, fields)) };
}

/** A mail whose worker was killed leaves within two minutes; a box is looked at for half a minute. */
async function patiently<T>(look: () => Promise<T>): Promise<T> {
  for (let again = 4; ; again -= 1) {
    try {
      return await look();
    } catch (error) {
      if (again === 0) throw error;
    }
  }
}

/** Tries until it is done; what is not answered is tried again. */
async function insist(progress: Progress, once: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const isDone = await once().catch((error: unknown) => {
      if (error instanceof WrongAnswer) throw error;
      return false;
    });
    if (isDone) return;
    if (progress.over) throw new Error('Interrupted for good');
    progress.interrupted += 1;
    await wait(30);
  }
}

function isAnswered({ status }: Answered): boolean {
  return status !== 503;
}

function leadsTo(path: string, answer: Answered): boolean {
  if (!isAnswered(answer)) return false;
  if (answer.status === 303 && answer.location === path) return true;
  const title = /<title>([^<]*)/.exec(answer.html)?.[1];
  throw new WrongAnswer(`instead of ${path}: ${answer.status} ${answer.location ?? title}`);
}
