import { Pool } from 'undici';
import { type Browser, openBrowser } from '../../bench/client/browser.ts';
import type { Traveller } from '../../bench/setting/people.ts';
import { publicHost } from '../../bench/setting/service.ts';
import type { Answered, Asking } from '../../test/reliability/enrolment.ts';
import type { Trial } from '../trial.ts';

/** Where people reach the service: a web process, or a proxy before several. */
export interface Door {
  readonly origin: string;
  /** The certificate of a proxy; null over http. */
  readonly certificate: string | null;
}

export interface Visitors {
  /**
   * The browser of somebody, from an address of this machine that is theirs alone, over connections of its own. Of
   * several doors, each person has one.
   */
  browser(traveller: Pick<Traveller, 'number'>): Browser;
  close(): Promise<void>;
}

/** The trial closes them. */
export function openVisitors(trial: Trial, doors: readonly Door[]): Visitors {
  const pools = new Set<Pool>();
  const close = async () => {
    await Promise.all([...pools].map((pool) => pool.destroy()));
    pools.clear();
  };
  trial.atEnd(close);
  return {
    browser({ number }) {
      const door = doors[number % doors.length];
      if (!door) throw new Error('There is no door');
      const { origin, certificate } = door;
      const ip = addressOf(number);
      const pool = new Pool(origin, {
        connections: 2,
        connect: { localAddress: ip, ...(certificate && { ca: certificate, servername: publicHost }) },
      });
      pools.add(pool);
      return openBrowser(pool, { host: publicHost, ip: () => ip, timeoutMs: 30_000 });
    },
    close,
  };
}

/** A browser for `enrolThrough`, which insists on each step whatever happens. */
export function asking(browser: Browser): Asking {
  const read = async (answer: ReturnType<Browser['get']>): Promise<Answered> => {
    const { status, location, text } = await answer;
    return { status, location, html: text() };
  };
  return {
    get: (path) => read(browser.get(path)),
    post: (path, fields = {}) => read(browser.post(path, fields)),
  };
}

/** 127.1.0.1 and on: every address of 127/8 is this machine. */
function addressOf(number: number): string {
  return `127.${1 + ((number >> 16) & 127)}.${(number >> 8) & 255}.${1 + (number & 127)}`;
}
