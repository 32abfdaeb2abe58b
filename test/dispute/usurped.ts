import assert from 'node:assert/strict';
import { personNamed } from '#src/fictitious/people.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { paths, withToken } from '#src/paths.ts';
import { proven, type ScriptedFranceConnect, scriptedFranceConnect } from '../franceconnect/scripted.ts';
import { latestMail } from '../setting/account.ts';
import { type TestApp, type TestOptions, testApp } from '../setting/application.ts';
import type { Closing } from '../setting/database.ts';
import { contactOf, enrol, submit } from '../steps.ts';
import { type Seen, Visitor } from '../visitor.ts';

export const thiefsAddress = 'voleur@exemple.fr';
export const ownPassword = 'Tournesol.Quai7';

export interface Usurped extends TestApp {
  readonly franceConnect: ScriptedFranceConnect;
  readonly person: NamedPerson;
  /** The browser in which the thief opened the account, with the session that it was left with. */
  readonly thief: Visitor;
}

/**
 * A thief with the card, the IBAN and the papers of somebody opens an account in their name, with an address of the
 * thief’s own: confirmed by default. `venturi` has a mobile that the register knows, `loire` an e-mail address.
 */
export async function usurped(
  t: Closing,
  {
    cle = 'venturi',
    confirmed = true,
    ...options
  }: TestOptions & { readonly cle?: string; readonly confirmed?: boolean } = {},
): Promise<Usurped> {
  const franceConnect = scriptedFranceConnect();
  const site = await testApp(t, undefined, { franceConnect, ...options });
  const person = personNamed(cle);
  const thief = new Visitor(site.app);
  site.clock.advance(1_000);
  await enrol(thief, person, thiefsAddress);
  if (confirmed) {
    const { token = '' } = await latestMail(site, 'activation');
    const link = withToken(paths.link, token);
    await thief.get(link);
    assert.equal((await thief.post(link)).location, paths.confirmed);
  }
  site.clock.advance(3_600_000);
  return { ...site, franceConnect, person, thief };
}

/** The «ce n’est pas moi» of the latest notice of a kind. */
export async function disputeOf(site: TestApp, kind: string): Promise<string> {
  const { dispute = '' } = await latestMail(site, kind);
  assert.notEqual(dispute, '', kind);
  return dispute;
}

/** A browser that has seen a form of ours: what it posts is judged, even where the page has none any more. */
export async function browserWithForm(app: Usurped['app']): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.get(paths.dispute);
  return visitor;
}

/** Opens the link of a mail and presses its button. */
export async function pressLink({ app }: TestApp, dispute: string): Promise<Seen> {
  const owner = await browserWithForm(app);
  const link = withToken(paths.disputeLink, dispute);
  await owner.get(link);
  return owner.post(link);
}

/** Types the code of an SMS or a letter. */
export async function typeCode({ app }: TestApp, code: string, visitor = new Visitor(app)): Promise<Seen> {
  await visitor.get(paths.dispute);
  return visitor.post(paths.dispute, { code });
}

/** Goes to FranceConnect and returns as a person; the answer to the return. */
export async function byFranceConnect(
  { franceConnect }: Pick<Usurped, 'franceConnect'>,
  visitor: Visitor,
  person: NamedPerson,
  pour: 'creation' | 'connexion' = 'creation',
): Promise<Seen> {
  franceConnect.answers(proven(person));
  const away = await visitor.get(`${paths.franceConnect}?pour=${pour}`);
  const state = new URL(away.location ?? '').searchParams.get('state') ?? '';
  return visitor.get(`${paths.franceConnectReturn}?state=${state}&code=essai`);
}

/** From the terms to waiting for the mail, with a password and an address of the person’s own. */
export async function finish(visitor: Visitor, email: string): Promise<void> {
  await submit(visitor, paths.terms, { accord: 'oui' }, paths.password);
  await submit(
    visitor,
    paths.password,
    { motDePasse: ownPassword, confirmation: ownPassword },
    paths.contact,
  );
  await submit(visitor, paths.contact, contactOf(email), paths.waiting);
}

export async function statusOf({ services }: TestApp): Promise<string | null> {
  const row = await services.db.selectFrom('account').select('status').executeTakeFirst();
  return row?.status ?? null;
}

/** What the trail says of a kind, oldest first. */
export async function trail({ services }: TestApp, kind: string): Promise<unknown[]> {
  const rows = await services.db
    .selectFrom('audit_event')
    .select('details')
    .where('kind', '=', kind)
    .orderBy('at')
    .orderBy('seq')
    .execute();
  return rows.map(({ details }) => details);
}
