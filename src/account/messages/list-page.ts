import { access, type SitePage } from '#src/access/access.ts';
import { messagesView } from '#src/account/messages/list-view.ts';
import { pageOf } from '#src/account/paging.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { listMessages } from '#src/messages/store.ts';
import { threadsOf } from '#src/messages/threads.ts';
import { paths } from '#src/paths.ts';
import { senderNames } from '#src/senders/names.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

/** The threads of a person with their caisse, and with others who write to them. */
export function messagesPage({ db, keyring }: Pick<Services, 'db' | 'keyring'>): SitePage {
  return definePage({
    path: paths.messages,
    about: {
      part: 'The account',
      shows: 'the messages from and to the caisse, as threads, the newest first',
      form: null,
    },
    access: access.signedIn,
    keptOffline: true,
    show: async (request) => {
      const keys = personKeys(keyring, request.account.contact.nir);
      const messages = await listMessages(db, keyring, keys);
      const page = pageOf(threadsOf(messages), request.query);
      const names = await senderNames(
        db,
        page.shown.map(({ first }) => first.sender),
      );
      return messagesView(request, page, (code) => names.get(code) ?? code);
    },
  });
}
