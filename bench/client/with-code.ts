import { smsReportPath } from '#src/delivery/sms/report-route.ts';
import { paths } from '#src/paths.ts';
import type { MailSink } from '../setting/mail-sink.ts';
import type { CodeTraveller } from '../setting/people.ts';
import type { SmsSink } from '../setting/sms-sink.ts';
import { acceptTerms, identityOf, openAccount, signIn, signOut, timed } from './journey.ts';
import type { Walk } from './walk.ts';

interface Senders {
  readonly mails: MailSink;
  readonly sms: SmsSink;
}

/** A person without a usable card, from the first page to the choice of another means of proof. */
export async function toOtherWays(walk: Walk, traveller: CodeTraveller): Promise<void> {
  await walk.see(paths.home);
  await walk.see(paths.identity);
  await walk.send(paths.identity, identityOf(traveller), paths.otherWays);
  await walk.see(paths.otherWays);
}

/** From the first page, by a code, to the form of the password; answers the milliseconds spent waiting for it. */
export async function proveByCode(
  walk: Walk,
  traveller: CodeTraveller,
  { mails, sms }: Senders,
): Promise<number> {
  const { channel, to } = traveller.code;
  await toOtherWays(walk, traveller);
  await walk.send(
    paths.otherWays,
    { canal: channel === 'email' ? 'courriel' : channel },
    paths.provisionalCode,
  );
  await walk.see(paths.provisionalCode);
  const came = channel === 'sms' ? sms.codeFor(to) : mails.codeFor(to).then((code) => ({ code }));
  const [waited, sent] = await timed<{ code: string; reference?: string }>(came);
  const typed = { nir: traveller.line.nir, code: sent.code };
  await walk.send(paths.provisionalCode, typed, paths.terms);
  if (sent.reference) {
    const { body, headers } = sms.reportOf(sent.reference);
    await walk.tell(smsReportPath, body, headers);
  }
  await acceptTerms(walk);
  return waited;
}

/** First page to sign-out with a code by SMS or e-mail; answers the milliseconds spent waiting for code and mail. */
export async function withCode(walk: Walk, traveller: CodeTraveller, senders: Senders): Promise<number> {
  const forCode = await proveByCode(walk, traveller, senders);
  const forMail = await openAccount(walk, traveller, senders.mails);
  await signIn(walk, traveller);
  await signOut(walk);
  return forCode + forMail;
}
