import assert from 'node:assert/strict';
import { paths } from '#src/paths.ts';
import { addingSender } from '#src/senders/sender.ts';
import { caisse } from '../depot/senders.ts';
import type { Seen, Visitor } from '../visitor.ts';
import type { TestApp } from './application.ts';

/** Has the caisses of all accounts read what people write to them. */
export async function readMessages({ services: { db, clock } }: Pick<TestApp, 'services'>): Promise<void> {
  const rows = await db.selectFrom('account').select('caisse_code').execute();
  for (const code of new Set(rows.map((row) => `caisse-${row.caisse_code}`))) {
    const sender = { code, name: 'CPAM des essais', scopes: ['messages'], keys: caisse.keys } as const;
    await db.executeQuery(addingSender(db, sender, clock.now()).compile());
  }
}

/** The id that the message of a page will have. */
export function messageIn({ html }: Seen): string {
  return /name="message" value="([^"]+)"/.exec(html)?.[1] ?? '';
}

/** Sends a message; the address of its thread. */
export async function sendOne(visitor: Visitor, texte = 'Bonjour'): Promise<string> {
  const message = messageIn(await visitor.get(paths.messageWrite));
  const sent = await visitor.upload(paths.messageWrite, { message, sujet: 'droits', texte }, []);
  assert.equal(sent.status, 303, sent.html);
  return sent.location ?? '';
}
