import type { SignedIn } from '#src/access/who.ts';
import { accountTexts } from '#src/account/texts.ts';
import { deviceCookie, presentedDevice } from '#src/credentials/known-devices.ts';
import type { PasswordCredential } from '#src/credentials/password.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { findEntrant } from '#src/sign-in/entrant.ts';
import { acceptPassword } from '#src/sign-in/judge-password.ts';
import { formatNextTry } from '#src/sign-in/next-try.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { type FormOptions, form } from '#src/web/components/form.ts';
import { passwordInput, usernameField } from '#src/web/components/password-input.ts';
import { problemOf } from '#src/web/forms/form-page.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { Answer, PageAnswer, PageRequest, Problem } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

const field = 'motDePasseActuel';

/**
 * A form of the account: the fields to change, if any, then the current password; `save` replaces the text of the
 * button.
 */
export function changeForm(
  visit: Visit,
  problems: readonly Problem[],
  fields: Child,
  { save, ...above }: ChangeFormOptions = {},
): Html {
  const t = accountTexts[visit.voice];
  return form(visit, {
    legend: Boolean(fields),
    ...above,
    body: html`${usernameField()}${fields}
      ${passwordInput(visit, {
        name: field,
        label: t.current,
        hint: t.currentHint,
        error: problemOf(problems, field),
        autocomplete: 'current-password',
      })}
      ${buttonGroup(button({ text: save ?? t.save }), button({ text: t.cancel, href: paths.accountInformation, style: 'secondary' }))}`,
  });
}

interface ChangeFormOptions extends Pick<FormOptions, 'before' | 'legend' | 'givesFile'> {
  readonly save?: string;
}

export interface Change {
  /** What is wrong with the other fields. */
  readonly problems: readonly Problem[];
  /** Shows the form again, with the reasons for the refusal. */
  readonly refuse: (problems: readonly Problem[], status?: number) => PageAnswer | Promise<PageAnswer>;
  /** Makes the change, once the password is verified; `linkedTo`: the FranceConnect subject that the account is linked to. */
  readonly apply: (owner: SignedIn, checked: PasswordCredential, linkedTo: Buffer | null) => Promise<Answer>;
}

/**
 * Makes a change to the account only with its current password, whatever the age of the session.
 *
 * A wrong one counts as a failure of this session, so that an open session is no way to guess it; failures of strangers
 * on the sign-in page do not block it. The password is verified only when the other fields are valid.
 */
export async function withCurrentPassword(
  services: Services,
  request: PageRequest<SignedIn>,
  { problems, refuse, apply }: Change,
): Promise<Answer> {
  const { typed, visit, account, sender, now } = request;
  const t = accountTexts[visit.voice];
  const password = typed.secret(field);
  if (password === '') return refuse([...problems, { field, text: t.currentEmpty }]);
  if (problems.length > 0) return refuse(problems);
  const { nir } = account.contact;
  const { db, keyring } = services;
  const presented = presentedDevice([account.personKey], sender.cookie(deviceCookie));
  const holder = await findEntrant(db, keyring, presented, now);
  const where = { client: clientOf(services, sender.ip), signal: sender.leaving(), now };
  const subject = personKey(keyring, nir);
  const judged = await acceptPassword(services, where, { nir, subject, holder, password, signedIn: true });
  if (judged.kind === 'accepted') return apply(request, judged.password, holder?.linkedTo ?? null);
  if (judged.kind === 'busy')
    return {
      ...(await refuse([{ field: null, text: t.busy }], 503)),
      retryAfterSeconds: judged.retryAfterSeconds,
    };
  const next =
    judged.kind === 'refused' && judged.until > now ? formatNextTry(judged.until, now, visit.voice) : null;
  return refuse([{ field, text: t.currentRefused(next) }]);
}
