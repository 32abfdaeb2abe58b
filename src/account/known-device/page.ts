import { access, type SitePage } from '#src/access/access.ts';
import type { SignedIn } from '#src/access/who.ts';
import { devicesForgotten } from '#src/account/events.ts';
import { devicesView, forgetView } from '#src/account/known-device/view.ts';
import { recording } from '#src/audit/record.ts';
import {
  deviceCookie,
  forgettingDevice,
  forgettingDevices,
  type ListedDevice,
  listDevices,
} from '#src/credentials/known-devices.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { type PageRequest, redirect, redirectDone } from '#src/web/page.ts';

type Needed = Pick<Services, 'db'>;

/** The browsers that have signed in, for their owner to recognise. */
export function accountDevicesPage(services: Needed): SitePage {
  const { db } = services;
  return definePage({
    path: paths.accountDevices,
    about: {
      part: 'The account',
      shows: 'each known browser: what it is, when it first and last signed in',
      form: 'forgets one of them, or all',
    },
    access: access.signedIn,
    show: async (request) => devicesView(request, await devicesOf(services, request)),
    submit: async (request) => {
      const { typed, account, now } = request;
      const id = typed.text('appareil');
      const { personKey: person } = account;
      const forgotten = id === '' ? forgettingDevices(db, person) : forgettingDevice(db, person, id);
      const event = { person, actor: { kind: 'person' }, at: now } as const;
      const isDone = await atOnce(db, [required(forgotten), recording(db, devicesForgotten, event)]);
      if (id === '') return redirectDone('devices-forgotten', paths.accountDevices);
      // A browser that has signed in since it was listed has another id: the list shows it still.
      return isDone ? redirectDone('device-forgotten', paths.accountDevices) : redirect(paths.accountDevices);
    },
  });
}

/** The question before they are forgotten. */
export function forgetDevicesPage(services: Needed): SitePage {
  return definePage({
    path: paths.accountForgetDevices,
    about: {
      part: 'The account',
      shows: 'the question whether one known browser, or all, are to be forgotten',
      form: null,
    },
    access: access.signedIn,
    show: async (request) => {
      const id = request.query.get('appareil');
      const devices = await devicesOf(services, request);
      const device = id === null ? null : devices.find((one) => one.id === id);
      if (device === undefined || devices.length === 0) return redirect(paths.accountDevices);
      return forgetView(request, device);
    },
  });
}

function devicesOf(
  { db }: Needed,
  { account, sender, now }: PageRequest<SignedIn>,
): Promise<readonly ListedDevice[]> {
  return listDevices(db, account.personKey, sender.cookie(deviceCookie), now);
}
