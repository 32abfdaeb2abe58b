import { access, type SitePage } from '#src/access/access.ts';
import { offlineChosen, offlineEnded } from '#src/account/events.ts';
import { offlineView } from '#src/account/offline-reading/view.ts';
import { recording } from '#src/audit/record.ts';
import { deviceCookie } from '#src/credentials/known-devices.ts';
import { choosingOffline, endingOffline, findOfflineChoice } from '#src/credentials/offline-choice.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { endOfDayAfter } from '#src/time/paris.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';
import { definePage } from '#src/web/define-page.ts';
import { noCopies, offlineCookie } from '#src/web/offline-copies.ts';
import { redirectDone } from '#src/web/page.ts';

/**
 * «Lire sans réseau»: the person chooses, for the browser they use, that it keeps what it shows of the account; or ends
 * that. Nothing is kept by itself.
 */
export function accountOfflinePage(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy'>,
): SitePage {
  const { db, keyring, policy } = services;
  return definePage({
    path: paths.accountOffline,
    about: {
      part: 'The account',
      shows:
        'whether this browser keeps pages to be read without a network: which, for how long, who could read them',
      form: 'makes or ends the choice; everything that was kept before is erased',
    },
    access: access.signedIn,
    show: async (request) => {
      const { sender, account, now } = request;
      const choice = await findOfflineChoice(db, keyring, sender.cookie(offlineCookie), now);
      const own = choice?.personKey.equals(account.personKey) ? choice : null;
      return offlineView(request, {
        until: own?.until ?? null,
        days: policy.account.offlineDays,
        isKnown: true,
      });
    },
    submit: async (request) => {
      const { typed, sender, account, now } = request;
      const { personKey: person } = account;
      const event = { person, actor: { kind: 'person' }, at: now } as const;
      const ended = endingOffline(db, keyring, sender.cookie(offlineCookie));
      if (typed.text('garder') !== 'oui') {
        if (ended) await atOnce(db, [required(ended), recording(db, offlineEnded, event)]);
        return redirectDone('offline-ended', paths.accountOffline, noCopies);
      }
      const days = policy.account.offlineDays;
      const until = endOfDayAfter(now, days);
      const { write, token } = choosingOffline(db, services, person, sender.cookie(deviceCookie), {
        now,
        until,
      });
      const isDone = await atOnce(db, [required(write), recording(db, offlineChosen, event)]);
      if (!isDone) return offlineView(request, { until: null, days, isKnown: false });
      const cookie = { name: offlineCookie, value: token, maxAgeSeconds: secondsUntil(until, now) };
      return redirectDone('offline-chosen', paths.account, cookie);
    },
  });
}
