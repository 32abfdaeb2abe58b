import { access, type SitePage } from '#src/access/access.ts';
import type { SignedIn } from '#src/access/who.ts';
import { type Addressee, addresseeOfNew } from '#src/account/messages/addressee.ts';
import { writeTexts } from '#src/account/messages/texts.ts';
import { goesOnWriting } from '#src/account/messages/writing/fields-view.ts';
import { longestField, readMessage } from '#src/account/messages/writing/form.ts';
import { sendMessage } from '#src/account/messages/writing/send-message.ts';
import { takeFile } from '#src/account/messages/writing/take-file.ts';
import { writeView } from '#src/account/messages/writing/write-view.ts';
import {
  changeFiles,
  unwritten,
  type Written,
  writtenFiles,
} from '#src/account/messages/writing/written-files.ts';
import { paths, withParameters } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { formatNotBefore } from '#src/texts/typography.ts';
import { definePage } from '#src/web/define-page.ts';
import { refused } from '#src/web/forms/form-page.ts';
import { type Answer, type PageRequest, type Problem, redirectDone } from '#src/web/page.ts';

/** A new message to the caisse. */
export function messageWritePage(services: Services): SitePage {
  const { policy } = services;
  return definePage({
    path: paths.messageWrite,
    about: {
      part: 'The account',
      shows: 'a new message to the caisse; where it does not read any yet, the other ways to reach it',
      form: 'adds a file, removes one, or sends the message',
    },
    access: access.signedIn,
    keepsDraft: true,
    longestField,
    show: async (request, shown) => {
      const addressee = await addresseeOfNew(services, request);
      const writing = addressee && (await writtenFiles(services, request, null));
      return writeView(request, shown, policy, addressee && writing && { addressee, ...writing });
    },
    takesFile: async (request, file) =>
      takeFile(services, request, await addresseeOfNew(services, request), file),
    submit: async (request) => {
      const addressee = await addresseeOfNew(services, request);
      if (!addressee) return writeView(request, refused(request.typed), policy, null);
      const problems = await changeFiles(services, request);
      return goesOnWriting(request.typed) || problems.length > 0
        ? view(services, request, addressee, problems)
        : judgeAndSend(services, request, addressee);
    },
  });
}

async function judgeAndSend(
  services: Services,
  request: PageRequest<SignedIn>,
  addressee: Addressee,
): Promise<Answer> {
  const { typed, visit, now } = request;
  const reading = readMessage(typed, visit.voice);
  if (!reading.ok) return view(services, request, addressee, reading.problems);
  const { subject, text } = reading;
  const { drafts, messageId } = await writtenFiles(services, request, null);
  const message = { id: messageId, subject, text, files: drafts.length };
  const sent = await sendMessage(services, request, addressee, message, now);
  if (sent.kind === 'sent')
    return redirectDone('message-sent', withParameters(paths.messageThread, { id: sent.threadId }));
  if (sent.kind === 'gone') return { kind: 'overtaken', to: paths.messageWrite };
  const t = writeTexts[visit.voice];
  if (sent.kind === 'files-went')
    return view(services, request, addressee, [{ field: 'pieces', text: t.filesWent }], {
      writing: unwritten(services, request),
    });
  const until = t.limit(formatNotBefore(sent.until, visit.voice));
  return view(services, request, addressee, [{ field: null, text: until, ours: true }], { status: 429 });
}

async function view(
  services: Services,
  request: PageRequest<SignedIn>,
  addressee: Addressee,
  problems: readonly Problem[],
  { status, writing }: { readonly status?: number; readonly writing?: Written } = {},
): Promise<Answer> {
  const written = writing ?? (await writtenFiles(services, request, null));
  const shown = refused(request.typed, ...problems);
  return writeView(request, shown, services.policy, { addressee, ...written }, status);
}
