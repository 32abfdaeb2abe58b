import assert from 'node:assert/strict';
import type { Browser } from '../reliability/browser.ts';
import type { Room } from './room.ts';

const trainerCookie = 'atelier-formateur';

/** A page that follows a class by server-sent events. */
export interface Follower {
  /** The markup of the next event of this kind; rejects when the stream ends before. */
  next(kind: 'parts' | 'reload'): Promise<readonly string[]>;
  leave(): Promise<void>;
}

/** Opens a stream with the cookies of a browser, over a connection of its own. */
export async function followBoard(
  { origin }: Pick<Room, 'origin'>,
  browser: Browser,
  path: string,
): Promise<Follower> {
  const answer = await fetch(new URL(path, origin), {
    headers: { cookie: `${trainerCookie}=${browser.cookie(trainerCookie)}` },
  });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/);
  assert.ok(answer.body);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let unread = '';
  const event = async (): Promise<string> => {
    for (let end = unread.indexOf('\n\n'); ; end = unread.indexOf('\n\n')) {
      if (end >= 0) {
        const found = unread.slice(0, end);
        unread = unread.slice(end + 2);
        return found;
      }
      const { done, value } = await reader.read();
      if (done) throw new Error('The stream has ended');
      unread += value;
    }
  };
  return {
    async next(kind) {
      let found = await event();
      while (!found.startsWith(`event: ${kind}\n`)) found = await event();
      const data = found.slice(found.indexOf('data:') + 5).trim();
      return data === '' ? [] : Object.values(JSON.parse(data));
    },
    leave: () => reader.cancel(),
  };
}
