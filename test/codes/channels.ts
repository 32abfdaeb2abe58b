import assert from 'node:assert/strict';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { paths } from '#src/paths.ts';
import type { TestApp } from '../setting/application.ts';
import { identityOf, submit } from '../steps.ts';
import type { Seen, Visitor } from '../visitor.ts';

/** The kind of notice that each value of the form's `canal` sends. */
export const noticeKinds = {
  sms: 'provisional-code-sms',
  courriel: 'provisional-code',
  courrier: 'provisional-code-letter',
} as const;
export type Canal = keyof typeof noticeKinds;

/** Somebody who has said who they are and whom the card route does not serve. */
export async function arriveWithoutCard(visitor: Visitor, person: NamedPerson): Promise<void> {
  await submit(visitor, paths.identity, identityOf(person), paths.otherWays);
}

/** Asks for a code by a channel; what came back. */
export async function ask(visitor: Visitor, canal: Canal): Promise<Seen> {
  assert.equal((await visitor.get(paths.otherWays)).status, 200);
  return visitor.post(paths.otherWays, { canal });
}

/** Asks for a code and reads it where it was sent. */
export async function receive(site: TestApp, visitor: Visitor, canal: Canal): Promise<string> {
  const seen = await ask(visitor, canal);
  assert.equal(seen.location, paths.provisionalCode, seen.html);
  return codeSent(site, canal);
}

/** The latest code sent by a channel. */
export async function codeSent({ mails }: TestApp, canal: Canal): Promise<string> {
  const sent = (await mails()).findLast(({ kind }) => kind === noticeKinds[canal]);
  assert.ok(sent?.content.code, `no code by ${canal}`);
  return sent.content.code;
}

export async function enter(visitor: Visitor, { line }: NamedPerson, code: string): Promise<Seen> {
  await visitor.get(paths.provisionalCode);
  return visitor.post(paths.provisionalCode, { nir: line.nir, code });
}

/** A code of the same shape that is not this one. */
export function wrongCode(code: string): string {
  return code.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
}
