import { Readable } from 'node:stream';
import { access, type SitePage } from '#src/access/access.ts';
import { threadNamed } from '#src/account/messages/addressee.ts';
import { findDocument, readContent } from '#src/archive/store.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { isUuid } from '#src/crypto/uuid.ts';
import { extensions } from '#src/files/media-type.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

/** An attachment of a thread, to save. */
export function messageFilePage(services: Pick<Services, 'db' | 'keyring'>): SitePage {
  const { db, keyring } = services;
  return definePage({
    path: paths.messageFile,
    about: { part: 'The account', shows: 'an attachment of a message, as a file to save', form: null },
    access: access.signedIn,
    show: async (request) => {
      const [threadId, id] = [request.parameter('id'), request.parameter('file')];
      const thread = await threadNamed(services, request, threadId);
      if (!thread || !isUuid(id)) return { kind: 'missing' };
      const keys = personKeys(keyring, request.account.contact.nir);
      const document = await findDocument(db, keyring, keys, id);
      const isAttached = thread.messages.some((message) => message.id === document?.messageId);
      if (!document || !isAttached) return { kind: 'missing' };
      const { type, bytes } = document;
      const content = Readable.from(readContent(db, keyring, document));
      return { kind: 'file', type, name: `piece-jointe.${extensions[type]}`, content, bytes };
    },
  });
}
