import type { OpenDossier } from '#src/access/who.ts';
import { endsEnrolment } from '#src/accounts/account.ts';
import { type CodeChannel, type KnownChannel, knownChannels } from '#src/codes/rules.ts';
import { findOpenCode } from '#src/codes/store.ts';
import { isOverseas } from '#src/contact/postal-code.ts';
import { fingerprint, type Keyring } from '#src/crypto/keyring.ts';
import { readChannel } from '#src/enrolment/code-channel-field.ts';
import { neutralView } from '#src/enrolment/not-eligible/neutral-view.ts';
import { requestCode } from '#src/enrolment/other-ways/request-code.ts';
import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { paths } from '#src/paths.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { refused } from '#src/web/forms/form-page.ts';
import { type Answer, type PageRequest, redirectDone } from '#src/web/page.ts';

/**
 * A provisional code requested on the neutral page. It is sent if the person may enrol and the register knows the
 * channel, within the limits of codes; the answer and the work are the same in any case.
 */
export async function requestUndisclosed(
  services: Services,
  request: PageRequest<OpenDossier>,
): Promise<Answer> {
  const { typed, visit } = request;
  const channel = readChannel(typed.text('canal'));
  if (!channel) {
    const text = otherWaysTexts[visit.voice].choose;
    return neutralView(services, request, refused(typed, { field: 'canal', text }));
  }
  await sendIfPossible(services, request, channel);
  return redirectDone('code-requested', paths.provisionalCode);
}

async function sendIfPossible(
  services: Services,
  request: PageRequest<OpenDossier>,
  channel: CodeChannel,
): Promise<void> {
  const { db, keyring, channels } = services;
  const { visit, session, dossier, now } = request;
  const { id, answers } = dossier;
  const { nir, mayEnrol, postalCode } = answers.identity;
  const found = await findInsured(db, keyring, nir);
  const to =
    found && mayEnrol
      ? knownChannels(found.insured, channels).find((one) => one.channel === channel)
      : undefined;
  const account = session?.account;
  const openAccount = account && endsEnrolment(account) ? account : null;
  const requested =
    found && to ? { personKey: found.personKey, to, openAccount } : decoyOf(keyring, id, channel, postalCode);
  await requestCode(services, {
    ...requested,
    older: await findOpenCode(db, requested.personKey, channel),
    nir,
    own: false,
    client: clientOf(services, request.sender.ip),
    language: visit.language,
    now,
  });
}

/** A person who does not exist, the same one for the lifetime of the dossier. */
function decoyOf(keyring: Keyring, dossierId: string, channel: CodeChannel, postalCode: string) {
  const personKey = fingerprint(keyring, 'code-decoy', dossierId);
  const counted = personKey.toString('hex');
  const nobody = { to: counted, masked: '' };
  const to: KnownChannel =
    channel === 'letter'
      ? { ...nobody, channel, far: isOverseas(postalCode) }
      : { ...nobody, channel, counted };
  return { personKey, to, openAccount: null, decoy: true } as const;
}
