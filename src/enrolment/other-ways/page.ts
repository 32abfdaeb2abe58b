import { access, type SitePage } from '#src/access/access.ts';
import type { OpenDossier } from '#src/access/who.ts';
import { endsEnrolment } from '#src/accounts/account.ts';
import { openCode } from '#src/codes/store.ts';
import { readChannel } from '#src/enrolment/code-channel-field.ts';
import { heldText, shownAt } from '#src/enrolment/other-ways/code-form.ts';
import { holdsOf, offerOf } from '#src/enrolment/other-ways/offer.ts';
import { requestCode } from '#src/enrolment/other-ways/request-code.ts';
import { findRequester } from '#src/enrolment/other-ways/requester.ts';
import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { otherWaysView } from '#src/enrolment/other-ways/view.ts';
import { currentPath } from '#src/journey/journey.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';
import { definePage } from '#src/web/define-page.ts';
import { refused } from '#src/web/forms/form-page.ts';
import { type Answer, type PageRequest, redirect, redirectDone } from '#src/web/page.ts';

/**
 * For people whose card route is closed or whose card cannot be read: a provisional code by a channel that the register
 * knows, never one typed here, and the contacts of the caisse. It never says what is missing in the register.
 */
export function otherWaysPage(services: Services): SitePage {
  return definePage({
    path: paths.otherWays,
    about: {
      part: 'Opening the account',
      shows: 'provisional codes by the channels in the register, contacts of the caisse',
      form: 'sends a provisional code by the channel chosen',
    },
    access: access.dossier,
    show: async (request, shown) => {
      const requester = await findRequester(services, request.session, request.now);
      const offer = requester && offerOf(services, requester);
      return otherWaysView(services, request, shown, offer, requester?.letter ?? null);
    },
    submit: (request) => submit(services, request),
  });
}

async function submit(services: Services, request: PageRequest<OpenDossier>): Promise<Answer> {
  const { typed, visit, session, dossier, now } = request;
  const { answers } = dossier;
  const client = clientOf(services, request.sender.ip);
  if (answers.proof !== null) return redirect(currentPath(answers));
  const requester = await findRequester(services, session, now);
  if (!requester) return redirect(paths.otherWays);
  const offer = offerOf(services, requester);
  const chosen = readChannel(typed.text('canal'));
  const to = offer.channels.find(({ channel }) => channel === chosen);
  if (!to) {
    const problem = { field: 'canal', text: otherWaysTexts[visit.voice].choose };
    return otherWaysView(services, request, refused(typed, problem), offer);
  }
  const { nir } = answers.identity;
  const account = session?.account;
  const older = requester.openCodes.find(({ channel }) => channel === to.channel);
  const result = await requestCode(services, {
    personKey: offer.personKey,
    nir,
    to,
    openAccount: account && endsEnrolment(account) ? account : null,
    older: older ? openCode(older) : null,
    own: true,
    client,
    language: visit.language,
    shownAt: shownAt(request),
    now,
  });
  if (result.kind === 'sent') return redirectDone('code-requested', paths.provisionalCode);
  const holds = await holdsOf(services, offer, { nir, client, now });
  const text = heldText(request, to.channel, result.until, { ...offer, holds });
  const view = otherWaysView(services, request, refused(typed, { field: 'canal', text, ours: true }), {
    ...offer,
    holds,
  });
  return { ...view, status: 429, retryAfterSeconds: secondsUntil(result.until, now) };
}
