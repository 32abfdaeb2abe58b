import assert from 'node:assert/strict';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { paths, withToken } from '#src/paths.ts';
import { enrol, goodPassword } from '../steps.ts';
import { type Seen, Visitor } from '../visitor.ts';
import type { TestApp } from './application.ts';

/** The content of the latest mail of a kind. */
export async function latestMail({ mails }: TestApp, kind: string): Promise<Record<string, string>> {
  const mail = (await mails()).findLast((sent) => sent.kind === kind);
  assert.ok(mail, `no mail «${kind}»`);
  return mail.content;
}

/** What was to be sent, but for what tells of a new account where the register knows the person. */
export async function ownMails({ mails }: TestApp): Promise<Awaited<ReturnType<TestApp['mails']>>> {
  return (await mails()).filter(({ kind }) => !kind.startsWith('account-created'));
}

export async function mailKinds(site: TestApp): Promise<string[]> {
  return (await ownMails(site)).map(({ kind }) => kind);
}

/** A whole enrolment, confirmed by its link. */
export async function openAccountOf(site: TestApp, person: NamedPerson, email: string): Promise<void> {
  site.clock.advance(1_000);
  await enrol(new Visitor(site.app), person, email);
  const { token = '' } = await latestMail(site, 'activation');
  const visitor = new Visitor(site.app);
  const link = withToken(paths.link, token);
  await visitor.get(link);
  assert.equal((await visitor.post(link)).location, paths.confirmed);
}

export async function signIn(visitor: Visitor, nir: string, password = goodPassword): Promise<Seen> {
  await visitor.get(paths.signIn);
  return visitor.post(paths.signIn, { nir, motDePasse: password });
}

/** Somebody who is signed in. */
export async function signedInVisitor({ app }: TestApp, { line }: NamedPerson): Promise<Visitor> {
  const visitor = new Visitor(app);
  assert.equal((await signIn(visitor, line.nir)).location, paths.account);
  return visitor;
}

/** Looks at a page of the account, then sends its form. */
export async function change(visitor: Visitor, path: string, fields: Record<string, string>): Promise<Seen> {
  assert.equal((await visitor.get(path)).status, 200, path);
  return visitor.post(path, { motDePasseActuel: goodPassword, ...fields });
}
