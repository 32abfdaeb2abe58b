import { access, type SitePage } from '#src/access/access.ts';
import type { SignedIn } from '#src/access/who.ts';
import { ownPapers } from '#src/account/attestation/view.ts';
import { openDocument } from '#src/account/documents/open-document.ts';
import { findSeen, listSeen } from '#src/account/documents/seen.ts';
import { documentsView, documentView } from '#src/account/documents/view.ts';
import { latestAttestations } from '#src/attestations/attestation.ts';
import { extensions } from '#src/files/media-type.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';
import { definePage } from '#src/web/define-page.ts';
import type { PageRequest } from '#src/web/page.ts';

/** «Mes documents»: what senders deposited for the person. */
export function accountDocumentsPage(services: Services): SitePage {
  return definePage({
    path: paths.accountDocuments,
    about: {
      part: 'The account',
      shows: 'the documents received, the newest first, and the papers made that are valid',
      form: null,
    },
    access: access.signedIn,
    keptOffline: true,
    show: async (request) => {
      const { account, now, visit } = request;
      const { db, keyring } = services;
      const { documents, people, rights } = await listSeen(services, account, now);
      const made = await latestAttestations(db, keyring, account.personKey, rights, now);
      return documentsView(request, documents, ownPapers(visit.voice, people, made));
    },
  });
}

/** One document. To look at the page is not to open the document: that is its button, so that no prefetch counts as reading. */
export function accountDocumentPage(services: Services): SitePage {
  const find = ({ account, parameter, now }: PageRequest<SignedIn>) =>
    findSeen(services, account, parameter('id'), now);
  return definePage({
    path: paths.accountDocument,
    about: {
      part: 'The account',
      shows: 'who sent a document, when, and whether it was read',
      form: 'gives the file, and records when the document was opened first',
    },
    access: access.signedIn,
    keptOffline: true,
    show: async (request, shown) => {
      const document = await find(request);
      return document ? documentView(request, document, shown) : { kind: 'missing' };
    },
    submit: async (request) => {
      const { account, now } = request;
      const document = await find(request);
      if (!document) return { kind: 'missing' };
      return {
        kind: 'file',
        type: document.type,
        name: `document-${parisDate(document.depositedAt)}.${extensions[document.type]}`,
        content: openDocument(services, document, account.personKey, now),
        bytes: document.bytes,
      };
    },
  });
}
