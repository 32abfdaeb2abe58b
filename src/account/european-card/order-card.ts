import type { SignedIn } from '#src/access/who.ts';
import { europeanCardOrdered } from '#src/account/european-card/events.ts';
import { cardEnd, isSoon, sortByOrder } from '#src/account/european-card/rules.ts';
import { keyOfMessages } from '#src/account/messages/addressee.ts';
import { answerBy } from '#src/account/messages/writing/send-message.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import {
  latestAttestations,
  replacingAttestation,
  storingAttestation,
} from '#src/attestations/attestation.ts';
import { initialsOf } from '#src/attestations/initials.ts';
import { recording } from '#src/audit/record.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import { storingMessage } from '#src/messages/store.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { beneficiaryName } from '#src/rights/names.ts';
import type { Beneficiary, Member } from '#src/rights/rights.ts';
import type { Services } from '#src/services.ts';
import { formatDayInFigures } from '#src/texts/civil-days.ts';
import { parisDay } from '#src/time/paris.ts';

export interface Order {
  /** The code of the sender that takes it. */
  readonly sender: string;
  readonly people: readonly Member[];
  readonly departure: Temporal.PlainDate;
  /** Where the cards go, as the person saw it. */
  readonly address: readonly string[];
}

/**
 * Orders the cards of those who have none that still holds: a message to the caisse, a mail to the person, the audit event,
 * all or nothing. False when everybody has one: the same form sent again orders nothing.
 */
export async function orderCards(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs'>,
  who: SignedIn,
  { sender, people, departure, address }: Order,
  now: Date,
): Promise<boolean> {
  const { db, keyring, random, policy, jobs } = services;
  const { personKey } = who.account;
  const messagesKey = await keyOfMessages(services, who);
  const done = await allOrNothing(db, async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, now);
    if (!account) return null;
    const { orderable } = sortByOrder(
      people,
      await latestAttestations(trx, keyring, personKey, null, now),
      now,
    );
    if (orderable.length === 0) return null;
    const orders = orderable.map((person) => ({
      ...({ kind: 'european-card', personKey, id: random.uuid(), member: person.member } as const),
      initials: initialsOf(person),
      said: null,
      validUntil: cardEnd(now),
    }));
    const id = random.uuid();
    const message = {
      ...({ id, personKey: messagesKey, threadId: id, direction: 'sent', sender } as const),
      subject: 'Commande de carte européenne d’assurance maladie',
      text: orderText(orderable, departure, address, now),
      answerBy: answerBy(policy, now),
    };
    const content = { address: account.contact.email };
    const details = { ranks: orderable.map(({ rank }) => rank).join(), message: id };
    return atOnce(trx, [
      ...orders.map((order) => also(replacingAttestation(trx, order, now))),
      ...orders.map((order) => also(storingAttestation(trx, keyring, order, now))),
      also(storingMessage(trx, keyring, message, now)),
      ...(await queueingNotices(trx, jobs, [
        ownerNotice(services, account, 'european-card-ordered', content, now),
      ])),
      recording(trx, europeanCardOrdered, {
        person: personKey,
        actor: { kind: 'person' },
        at: now,
        details,
      }),
    ]);
  });
  return done === true;
}

/** What the caisse reads, in French. */
function orderText(
  people: readonly Beneficiary[],
  departure: Temporal.PlainDate,
  address: readonly string[],
  now: Date,
): string {
  const cards = people.map(
    (person) =>
      `Rang ${String(person.rank).padStart(2, '0')} : ${beneficiaryName(person)}, ${formatDayInFigures(person.birthDate)}`,
  );
  const soon = isSoon(departure, parisDay(now))
    ? ['Ce départ est proche : un certificat provisoire est proposé à la personne.']
    : [];
  const day = formatDayInFigures(departure.toString());
  return [
    'Bonjour,',
    'Je commande une carte européenne d’assurance maladie pour :',
    cards.join('\n'),
    [`Départ le ${day}.`, ...soon].join('\n'),
    ['Adresse d’envoi :', ...address].join('\n'),
  ].join('\n\n');
}
