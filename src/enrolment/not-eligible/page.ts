import { access, type SitePage } from '#src/access/access.ts';
import type { OpenDossier } from '#src/access/who.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { neutralView } from '#src/enrolment/not-eligible/neutral-view.ts';
import { requestUndisclosed } from '#src/enrolment/not-eligible/request-undisclosed.ts';
import { notEligibleView } from '#src/enrolment/not-eligible/view.ts';
import { ofClient, ofSubject } from '#src/limits/attempt.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { type FewTries, fewTriesLeft } from '#src/limits/last-try.ts';
import { suspendedUntil } from '#src/limits/suspended-until.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { type PageRequest, redirect } from '#src/web/page.ts';

/**
 * The page for those who may not enrol: what it means, what to do now, whom to call. Each reason that the person may
 * know has a text; for the others, and under a neutral policy for everyone who is stopped, one text discloses nothing.
 * Only the neutral page has a form.
 */
export function notEligiblePage(services: Services): SitePage {
  return definePage({
    path: paths.notEligible,
    about: {
      part: 'Opening the account',
      shows:
        'why the person may not enrol, as far as it may be disclosed; the same page for all under a neutral policy',
      form: 'under a neutral policy, asks for a provisional code',
    },
    access: access.stopped,
    show: async (request, shown) => {
      if (!request.dossier.answers.identity.undisclosed) return notEligibleView(services, request);
      const few = await fewIdentityTries(services, request);
      return neutralView(services, request, shown, few);
    },
    submit: (request) =>
      request.dossier.answers.identity.undisclosed
        ? requestUndisclosed(services, request)
        : redirect(paths.notEligible),
  });
}

/** How few tries the number that was typed has left: by its counters, which are the same whether or not anybody has it. */
async function fewIdentityTries(
  services: Pick<Services, 'db' | 'keyring' | 'limits' | 'unnamedShare'>,
  { dossier, sender, now }: PageRequest<OpenDossier>,
): Promise<FewTries | null> {
  const { db, keyring, limits } = services;
  const client = clientOf(services, sender.ip);
  const subject = personKey(keyring, dossier.answers.identity.nir);
  const tries = [
    ofSubject(limits.identity, subject, client),
    ...ofClient(limits.client.identity, client, subject),
  ];
  return fewTriesLeft(db, { nextTryAt: await suspendedUntil(db, tries, now) }, tries, now);
}
