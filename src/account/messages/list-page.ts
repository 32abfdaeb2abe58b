import { access, type SitePage } from '#src/access/access.ts';
import { messagesView } from '#src/account/messages/list-view.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { listMessages } from '#src/messages/store.ts';
import { threadsOf } from '#src/messages/threads.ts';
import { paths } from '#src/paths.ts';
import { senderNames } from '#src/senders/names.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

const threadsOfPage = 20;

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
    show: async (request) => {
      const keys = personKeys(keyring, request.account.contact.nir);
      const messages = await listMessages(db, keyring, keys);
      const page = Math.max(1, Number.parseInt(request.query.get('page') ?? '1', 10) || 1);
      const threads = threadsOf(messages);
      const from = (page - 1) * threadsOfPage;
      const shown = threads.slice(from, from + threadsOfPage);
      const names = await senderNames(
        db,
        shown.map(({ first }) => first.sender),
      );
      return messagesView(request, {
        threads: shown,
        page,
        hasOlder: threads.length > from + threadsOfPage,
        nameOf: (code) => names.get(code) ?? code,
      });
    },
  });
}
