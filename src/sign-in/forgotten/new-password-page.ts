import { access, type SitePage } from '#src/access/access.ts';
import { sessionOver } from '#src/access/session-cookie.ts';
import type { Anyone, LinkHolder } from '#src/access/who.ts';
import { readDeviceKind } from '#src/credentials/device-kind.ts';
import { deviceCookie, knownDevice, rememberDevice } from '#src/credentials/known-devices.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { newPasswordFields, newPasswordRules, readNewPassword } from '#src/page-parts/password/fields.ts';
import { passwordTexts } from '#src/page-parts/password/texts.ts';
import { countUnknownLink } from '#src/page-parts/unknown-link.ts';
import { retryAfterSeconds } from '#src/passwords/lane-result.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { findResetLink, type ResetLink } from '#src/sign-in/forgotten/reset-link.ts';
import { resetPassword } from '#src/sign-in/forgotten/reset-password.ts';
import { forgottenTexts } from '#src/sign-in/forgotten/texts.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { usernameField } from '#src/web/components/password-input.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import {
  type Answer,
  nothingTyped,
  type PageAnswer,
  type PageRequest,
  type Problem,
  redirectDone,
  type Shown,
} from '#src/web/page.ts';

/** The link to reset a password: viewing it changes nothing; its form stores a new password, once. */
export function newPasswordPage(services: Services): SitePage {
  return definePage({
    path: paths.newPassword,
    about: {
      part: 'The account',
      shows: 'the new password',
      form: 'stores the password, once; ends every session',
    },
    access: access.linkInSession,
    show: async (request, shown) => view(services, request, await find(services, request), shown),
    submit: (request) => submit(services, request),
  });
}

async function submit(services: Services, request: PageRequest<Anyone & LinkHolder>): Promise<Answer> {
  const { policy, passwords } = services;
  const { typed, visit, now, sender } = request;
  const client = clientOf(services, sender.ip);
  const device = sender.cookie(deviceCookie);
  const link = await find(services, request);
  const refuse = (problems: readonly Problem[], status?: number) =>
    view(services, request, link, { typed: nothingTyped, problems }, status);
  if (link.kind === 'unknown') {
    const ways = [
      { kind: 'mail', until: null },
      { kind: 'forgotten', until: null },
    ] as const;
    return (await countUnknownLink(services, request, ways)) ?? refuse([]);
  }
  if (link.kind !== 'ready') return refuse([]);
  const { contact } = link.account;
  const context = { ...contact, policy: policy.password };
  const reading = await readNewPassword(typed, context, visit.voice);
  if (!reading.ok) return refuse(reading.problems);
  const hashed = await passwords.hash(reading.password, {
    nir: contact.nir,
    client,
    ahead: true,
    signal: sender.leaving(),
  });
  if (!hashed.ok) {
    const busy = refuse([{ field: null, text: passwordTexts[visit.voice].busy }], 503);
    return { ...busy, retryAfterSeconds: retryAfterSeconds(hashed) };
  }
  const { personKey, status } = link.account;
  const known = await knownDevice(services.db, personKey, device, now);
  const kind = readDeviceKind(sender.userAgent);
  const signing = { device, known, kind, withPassword: true };
  const { remembered, cookie } = rememberDevice(services.random, personKey, signing);
  const chosen = { hash: hashed.value, device: remembered };
  const stored = await resetPassword(services, link.account, link.id, chosen, now);
  // A session of another person in this browser is not ended.
  const own = request.session?.personKey.equals(personKey);
  if (stored)
    return redirectDone(
      'password-reset',
      paths.signIn,
      ...(own ? [sessionOver] : []),
      ...(status === 'active' ? [cookie] : []),
    );
  const shown = { typed: nothingTyped, problems: [] };
  return view(services, request, await find(services, request), shown);
}

function find({ db, keyring }: Services, { token, now }: PageRequest<LinkHolder>): Promise<ResetLink> {
  return findResetLink(db, keyring, token, now);
}

function view(
  { policy }: Pick<Services, 'policy'>,
  request: PageRequest,
  link: ResetLink,
  shown: Shown,
  status?: number,
): PageAnswer {
  const { visit } = request;
  const t = forgottenTexts[visit.voice];
  if (link.kind !== 'ready') {
    const { title, text } = t.dead[link.kind];
    return {
      kind: 'page',
      title,
      status: link.kind === 'unknown' ? 404 : 200,
      body: html`<h1 class="govuk-heading-l">${title}</h1>
        <p class="govuk-body">${text}</p>
        ${button({ text: t.again, href: paths.forgotten })}
        <p class="govuk-body"><a class="govuk-link" href="${paths.signIn}">${t.signIn}</a></p>`,
    };
  }
  return formPage(request, shown, {
    title: t.newTitle,
    body: form(visit, {
      ...newPasswordRules(visit, policy.password),
      body: html`${usernameField()}${newPasswordFields(visit, policy.password, shown.problems)}${button({ text: t.save })}`,
    }),
    ...(status ? { status } : {}),
  });
}
