import { askCode } from '#src/codes/ask.ts';
import { type CodeChannel, codeChannels, knownChannels } from '#src/codes/rules.ts';
import { openDossierOf } from '#src/enrolment/guard.ts';
import { neutralView } from '#src/enrolment/not-eligible/neutral-view.ts';
import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { paths } from '#src/paths.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { refused } from '#src/web/form-page.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

/**
 * A provisional code asked for from the neutral page: it leaves where the person may enrol and the register knows the
 * channel, within the limits of codes; the answer is the same in any case.
 */
export async function askUndisclosed(services: Services, request: PageRequest): Promise<Answer> {
  const { typed, visit } = request;
  const channel = codeChannels.find((one) => one === typed.text('canal'));
  if (!channel) {
    const text = otherWaysTexts[visit.language].choose;
    return neutralView(services, request, refused(typed, { field: 'canal', text }));
  }
  await sendIfPossible(services, request, channel);
  return redirect(paths.provisionalCode);
}

async function sendIfPossible(services: Services, request: PageRequest, channel: CodeChannel): Promise<void> {
  const { db, keyring, channels } = services;
  const { visit, session, client, now } = request;
  const { identity } = openDossierOf(request).answers;
  // Looked up for everybody, used for those who may enrol.
  const found = await findInsured(db, keyring, identity.nir);
  const to =
    found && identity.mayEnrol
      ? knownChannels(found.insured, channels).find((known) => known.channel === channel)
      : undefined;
  if (!found || !to) return;
  const account = session?.account;
  await askCode(services, {
    personKey: found.personKey,
    nir: identity.nir,
    to,
    openAccount: account && account.status !== 'pending' ? account : null,
    client,
    language: visit.language,
    at: now,
  });
}
