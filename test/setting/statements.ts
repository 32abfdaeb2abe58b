import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

const listening = new AsyncLocalStorage<string[]>();

/** The texts that a story sends to the database, in their order: `begin` and `commit` too, nothing that others send. */
export async function sentDuring(story: () => Promise<unknown>): Promise<readonly string[]> {
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = new Proxy(query, {
    apply(target, client, args: unknown[]) {
      const [first] = args;
      const text: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, 'text') : first;
      if (typeof text === 'string') listening.getStore()?.push(text.replaceAll(/\s+/g, ' ').trim());
      return Reflect.apply(target, client, args);
    },
  });
  const sent: string[] = [];
  await listening.run(sent, story).finally(() => {
    pg.Client.prototype.query = query;
  });
  return sent;
}
