import { personNamed } from '#src/fictitious/people.ts';
import { unsubscribeUrl } from '#src/notices/reminders/unsubscribe-token.ts';
import { paths, withId, withToken } from '#src/paths.ts';
import { disputeOf } from '../dispute/usurped.ts';
import type { World } from '../pages/world.ts';
import { addSender, depositDocument, depositRights, familyOf } from '../papers/setting.ts';
import { latestMail, openAccountOf, signIn } from '../setting/account.ts';
import { messageIn, readMessages, sendOne } from '../setting/messages.ts';
import {
  agree,
  choosePassword,
  contactOf,
  enrol,
  goodPassword,
  identify,
  identityOf,
  proofOf,
  prove,
} from '../steps.ts';
import type { Visitor } from '../visitor.ts';

/** A form as somebody has it before them: who, where, and what would be sent without mischief. */
export interface OpenForm {
  /** Of the page, as in `paths`. */
  readonly route: string;
  /** The address that takes the form, and the page that shows it. */
  readonly url: string;
  readonly shownAt: string;
  readonly visitor: Visitor;
  readonly fields: Readonly<Record<string, string>>;
}

const venturi = personNamed('venturi');
const current = { motDePasseActuel: goodPassword };
const newPassword = { motDePasse: 'Girafe.Soleil9', confirmation: 'Girafe.Soleil9' };

/** Every form of the site, each open in a browser at the point of the journey where it is found. */
export async function everyForm(world: World): Promise<OpenForm[]> {
  const forms: OpenForm[] = [];
  const add = (
    visitor: Visitor,
    route: string,
    fields: Record<string, string> = {},
    { url = route, shownAt = url }: { url?: string; shownAt?: string } = {},
  ) => forms.push({ route, url, shownAt, visitor, fields });
  const at = async (arrive: (visitor: Visitor, person: typeof venturi) => Promise<void>) => {
    const visitor = world.visitor();
    await arrive(visitor, venturi);
    return visitor;
  };

  const stranger = world.visitor();
  add(stranger, paths.caisse, { codePostal: '59000' });
  add(stranger, paths.identity, identityOf(venturi));
  const franceConnect = { url: `${paths.franceConnect}?pour=creation`, shownAt: paths.identity };
  add(stranger, paths.franceConnect, identityOf(venturi), franceConnect);
  add(stranger, paths.signIn, { nir: venturi.line.nir, motDePasse: goodPassword });
  add(stranger, paths.forgotten, { nir: venturi.line.nir });
  add(stranger, paths.check, { code: 'K7M2 P9XQ T4WV 8GH 2JD' });
  add(stranger, paths.waiting, { nir: venturi.line.nir, code: '12345678' });
  const lille = world.visitor();
  await lille.get(paths.caisse);
  await lille.post(paths.caisse, { codePostal: '59000' });
  add(lille, paths.caisseConfirm, { caisse: '595' });

  add(await at(identify), paths.proof, { ...proofOf(venturi), typeCarte: 'photo' });
  add(await at(identify), paths.otherWays, { canal: 'sms' });
  add(stranger, paths.provisionalCode, { nir: venturi.line.nir, code: '12345678' });
  add(await undisclosed(world), paths.notEligible, { canal: 'courrier' });
  add(await at(prove), paths.terms, { accord: 'oui' });
  add(await at(agree), paths.password, newPassword);
  add(await at(choosePassword), paths.contact, { ...contactOf('venturi@exemple.fr'), adresseProposee: '' });

  const waiting = world.visitor();
  await enrol(waiting, world.someone(), 'attente@exemple.fr');
  const { token: old = '' } = await latestMail(world, 'activation');
  world.clock.advance(121_000);
  await waiting.get(paths.waiting);
  await waiting.post(paths.waitingResend);
  const { token = '' } = await latestMail(world, 'activation');
  add(waiting, paths.waiting, { code: '12345678' });
  add(waiting, paths.waitingResend, {}, { shownAt: paths.waiting });
  add(waiting, paths.waitingAddress, { ...contactOf('corrigee@exemple.fr'), adresseProposee: '' });
  add(stranger, paths.link, {}, { url: withToken(paths.link, token) });
  const resend = { url: withToken(paths.linkResend, old), shownAt: withToken(paths.link, old) };
  add(stranger, paths.linkResend, {}, resend);

  const owner = world.someone();
  await openAccountOf(world, owner, 'compte@exemple.fr');
  const dispute = await disputeOf(world, 'account-active');
  add(stranger, paths.dispute, { code: '0000 0000 0000' });
  add(stranger, paths.disputeLink, {}, { url: withToken(paths.disputeLink, dispute) });
  await stranger.get(paths.forgotten);
  await stranger.post(paths.forgotten, { nir: owner.line.nir });
  const { token: reset = '' } = await latestMail(world, 'password-reset');
  add(stranger, paths.newPassword, newPassword, { url: withToken(paths.newPassword, reset) });
  const unsubscribe = unsubscribeUrl(world.services.keyring, '', Buffer.alloc(32, 3));
  const stop = unsubscribe.replace(paths.unsubscribe.replace(':token', ''), '');
  add(
    stranger,
    paths.unsubscribeNow,
    {},
    { url: withToken(paths.unsubscribeNow, stop), shownAt: unsubscribe },
  );
  const account = world.visitor();
  await signIn(account, owner.line.nir);
  await account.get(paths.accountEmail);
  await account.post(paths.accountEmail, { ...contactOf('nouvelle@exemple.fr'), ...current });
  add(account, paths.accountPassword, { ...newPassword, ...current });
  add(account, paths.accountEmail, { ...contactOf('autre@exemple.fr'), ...current, adresseProposee: '' });
  add(account, paths.accountEmailCode, { code: '12345678' });
  add(account, paths.accountTelephones, { portable: '06 39 98 12 34', fixe: '', ...current });
  add(account, paths.accountCopy, { fichier: 'json', ...current });
  add(account, paths.accountConsents, { promoEmail: 'oui', etudes: 'non' });
  add(account, paths.accountPaper, {
    papier: 'oui',
    frequenceAvis: 'quotidien',
    phraseRepere: 'le chat dort',
  });
  add(account, paths.accountOffline, { garder: 'oui' });
  add(account, paths.accountDevices);
  await readMessages(world);
  const thread = await sendOne(account);
  const message = messageIn(await account.get(paths.messageWrite));
  add(account, paths.messageWrite, { message, sujet: 'droits', texte: 'Bonjour' });
  add(account, paths.messageThread, { message, texte: 'Bonjour' }, { url: thread });
  await addSender(world);
  await depositRights(world, owner, familyOf(owner));
  const document = await depositDocument(world, owner, { reference: 'D-1', title: 'Décision' });
  add(account, paths.accountDocument, {}, { url: withId(paths.accountDocument, document) });
  const inApril = { 'depart-jour': '4', 'depart-mois': '4', 'depart-annee': '2026' };
  add(account, paths.accountEuropeanCard, { ...inApril, beneficiaires: '1' });
  add(account, paths.accountAttestation, { beneficiaire: '1', sante: 'non' });
  add(account, paths.accountFranceConnect, { lien: 'faire', ...current });
  add(account, paths.franceConnectSignedOut, {}, { shownAt: paths.account });
  add(account, paths.franceConnectLink, { choix: 'non' }, { shownAt: paths.account });
  add(account, paths.extendSession, {}, { shownAt: paths.account });
  add(account, paths.signOut, {}, { shownAt: paths.account });
  return forms;
}

/** Somebody whom a neutral policy stops: their page has a form. */
async function undisclosed({ services, visitor: newVisitor }: World): Promise<Visitor> {
  const { policy } = services;
  const visitor = newVisitor();
  Object.assign(services, { policy: { ...policy, identity: { ...policy.identity, answer: 'neutral' } } });
  await visitor.get(paths.identity);
  await visitor.post(paths.identity, identityOf(personNamed('sans-iban')));
  Object.assign(services, { policy });
  return visitor;
}
