import { listSeen } from '#src/account/documents/seen.ts';
import { documentsAnswer, messagesAnswer, rightsAnswer } from '#src/api/account/answers.ts';
import { ofAccount } from '#src/api/account/of-account.ts';
import { done, type Endpoint } from '#src/api/endpoint.ts';
import { listAttachments } from '#src/archive/store.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { listMessages } from '#src/messages/store.ts';
import { shownBeneficiaries } from '#src/rights/rights.ts';
import { findRights } from '#src/rights/store.ts';
import { senderNames } from '#src/senders/names.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';

/**
 * Rights without health information, received documents, and messages of an account. Nothing that is read here counts as
 * opened by the person: for that there are the pages.
 */
export function paperEndpoints({ db, keyring }: Pick<Services, 'db' | 'keyring'>): readonly Endpoint[] {
  const rights = ofAccount(async ({ account, now }) => {
    const found = await findRights(db, keyring, personKeys(keyring, account.contact.nir));
    return done({
      beneficiaires: shownBeneficiaries(found, parisDate(now)).map((one) => ({
        rang: one.rank,
        nom: one.usageName ?? one.birthName,
        prenoms: one.givenNames,
        dateNaissance: one.birthDate,
        du: one.from,
        au: one.until,
        medecinTraitant: one.doctorDeclared,
      })),
    });
  });

  const documents = ofAccount(async ({ account, now }) =>
    done({
      documents: (await listSeen({ db, keyring }, account, now)).documents.map((one) => ({
        id: one.id,
        titre: one.title,
        expediteur: one.from,
        rang: one.rank,
        deposeLe: one.depositedAt.toISOString(),
        luLe: one.openedAt?.toISOString() ?? null,
        important: one.matters,
        type: one.type,
        octets: one.bytes,
      })),
    }),
  );

  const messages = ofAccount(async ({ account }) => {
    const all = await listMessages(db, keyring, personKeys(keyring, account.contact.nir));
    const [files, names] = await Promise.all([
      listAttachments(
        db,
        keyring,
        personKeys(keyring, account.contact.nir),
        all.map(({ id }) => id),
      ),
      senderNames(
        db,
        all.map(({ sender }) => sender),
      ),
    ]);
    const filesOf = Map.groupBy(files, ({ messageId }) => messageId);
    return done({
      messages: all.map((one) => ({
        id: one.id,
        fil: one.threadId,
        sens: one.direction === 'received' ? 'recu' : 'envoye',
        correspondant: names.get(one.sender) ?? null,
        sujet: one.subject,
        texte: one.text,
        pieces: (filesOf.get(one.id) ?? []).map(({ id, title: titre, type, bytes: octets }) => ({
          id,
          titre,
          type,
          octets,
        })),
        date: one.at.toISOString(),
        luLe: one.openedAt?.toISOString() ?? null,
      })),
    });
  });

  const about = { method: 'GET', status: 200, problems: [] } as const;
  return [
    { ...about, id: 'rights', path: '/mon-compte/droits', answer: rightsAnswer, handle: rights },
    { ...about, id: 'documents', path: '/mon-compte/documents', answer: documentsAnswer, handle: documents },
    { ...about, id: 'messages', path: '/mon-compte/messages', answer: messagesAnswer, handle: messages },
  ];
}
