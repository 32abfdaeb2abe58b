import type { Kysely } from 'kysely';
import { failuresGuide, standingGuide } from '#src/cli/support/guide-texts.ts';
import { readCases, type SupportCase } from '#src/cli/support/read-case.ts';
import { readSupportCode } from '#src/cli/support-code.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import type { Config, Secrets } from '#src/config/config.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { channelValue } from '#src/enrolment/code-channel-field.ts';
import type { Bar } from '#src/journey/bars.ts';
import { ineligibilityGuide } from '#src/register/refusal-guide.ts';
import { formatTime } from '#src/texts/typography.ts';
import { systemClock } from '#src/time/clock.ts';

const guide: Readonly<Record<Bar, string>> = {
  ...ineligibilityGuide,
  'not-recognised':
    'Le nom, le numéro, la date de naissance ou le code postal saisis ne correspondent à personne\u00a0: les faire relire un par un.',
};

/** Prints the dossier of a support code, without personal data. Fails when no dossier has the code. */
export async function showCases(
  terminal: Pick<Terminal, 'out' | 'err'>,
  db: Kysely<Database>,
  config: Pick<Config, 'mode' | 'letters'>,
  secrets: Pick<Secrets, 'masterKeys' | 'sms' | 'franceConnect'>,
  argument: string,
): Promise<ExitCode> {
  const code = readSupportCode(terminal, argument);
  if (code === null) return exitCodes.usage;
  const keyring = openKeyring(secrets.masterKeys.reveal());
  const demo = config.mode === 'demo';
  const ways = {
    sms: demo || secrets.sms !== null,
    letters: config.letters.sent,
    franceConnect: demo || secrets.franceConnect !== null,
  };
  const cases = await readCases({ db, keyring, ways }, code, systemClock.now());
  if (cases.length === 0) {
    terminal.err(`compte: no dossier has the code ${code}: misread, or older than 30 days`);
    return exitCodes.failed;
  }
  for (const one of cases) for (const line of linesOf(code, one)) terminal.out(line);
  return exitCodes.done;
}

function linesOf(code: string, one: SupportCase): string[] {
  const row = (name: string, value: string) => `${name.padEnd(9)} ${value}`;
  const { account } = one;
  const bars = one.bars.map((bar) => `${bar}: ${guide[bar]}`);
  return [
    row('code', code),
    row('begun', `${at(one.begunAt)}, last change ${at(one.changedAt)}`),
    row('step', one.closedAt === null ? one.step : `closed ${at(one.closedAt)}`),
    row('proof', one.proof ?? 'none yet'),
    ...(bars.length > 0
      ? bars.map((bar) => row('reason', bar))
      : [row('reason', 'nothing stands in the way')]),
    row('ways', one.ways.join(', ') || 'none'),
    row('account', account ? standing(account) : 'none'),
    ...(account ? [row('say', standingGuide[account.closedFor ?? account.status])] : []),
    ...one.codes.map(({ channel, askedAt, deadAt, state, tries, sending }) =>
      row(
        'sent',
        `code by ${channelValue(channel)}, asked ${at(askedAt)}, works until ${at(deadAt)}: ${state}, ${tries} wrong tries, ${sending}`,
      ),
    ),
    ...one.failures.map(({ kind, count, lastAt }) =>
      row('failures', `${kind}: ${count}, the last ${at(lastAt)}`),
    ),
    ...(one.failures.length > 0 ? [row('say', failuresGuide)] : []),
    ...one.messages.map(({ kind, channel, askedAt, fate, guide: what }) =>
      row('message', `${kind} by ${channel}, asked ${at(askedAt)}: ${fate}. ${what}`),
    ),
    ...one.events.map((event) => row('event', `${at(event.at)}, ${event.actor}: ${event.text}`)),
  ];
}

function standing({
  status,
  pendingUntil,
  frozenAt,
  closedFor,
}: NonNullable<SupportCase['account']>): string {
  if (closedFor) return `closed by the register: ${closedFor}`;
  if (pendingUntil) return `${status} until ${at(pendingUntil)}`;
  return frozenAt ? `${status} since ${at(frozenAt)}` : status;
}

/** The time in Paris, as shown to the person. */
function at(date: Date): string {
  return formatTime(date, 'en').replaceAll('\u00a0', ' ').replace(/^on /, '');
}
