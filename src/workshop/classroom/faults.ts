import { createTransport } from 'nodemailer';
import { extendConfirmation } from '#src/confirmations/extend.ts';
import { personKey } from '#src/crypto/keyring.ts';
import type { MailTray } from '#src/demo/trays/mail-tray.ts';
import type { SmsTray } from '#src/demo/trays/sms-tray.ts';
import type { ClassEvent, Fault } from '#src/exercise/class-event.ts';
import type { ClassState } from '#src/exercise/class-state.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { Step } from '#src/exercise/steps.ts';
import { paths } from '#src/paths.ts';
import type { PageSeen, Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';
import { callSms, forgedMail } from '#src/workshop/classroom/forged.ts';
import { forgedMark, type Inbox } from '#src/workshop/classroom/inbox.ts';
import { lockSignIn } from '#src/workshop/classroom/lock-sign-in.ts';
import type { Roster, SeatPerson } from '#src/workshop/classroom/roster.ts';

/** What goes wrong in a class: thrown in by its trainer, or by its scenario at a step. */
export interface Faults {
  /** For one seat, or with null for all where somebody sits. */
  throwIn(seat: number | null, fault: Fault): Promise<void>;
  /** What the scenario lets go wrong when a seat comes to a step, once for each person. */
  reached(seat: number, step: Step): Promise<void>;
  /** What a page says of what went wrong: that its learner has come up against it, or has taken the right way since. */
  noted(seat: number, seen: PageSeen): Promise<void>;
  /** The learner of a seat has come up against what goes wrong. */
  met(seat: number, fault: Fault): Promise<void>;
  /** The learner of a seat has dealt rightly with what went wrong. */
  dealt(seat: number, fault: Fault): Promise<void>;
  /** The learner has read why it was right. */
  understood(seat: number, fault: Fault): Promise<void>;
}

export interface FaultsOptions {
  readonly state: () => ClassState;
  readonly add: (event: ClassEvent) => Promise<void>;
  readonly roster: Roster;
  readonly scenario: Pick<Scenario, 'faults'>;
  readonly mails: Pick<MailTray, 'smtpUrl'>;
  readonly sms: Pick<SmsTray, 'keep'>;
  readonly inbox: Pick<Inbox, 'moveToSpam' | 'delay' | 'newAgain'>;
  readonly services: Promise<Services>;
  readonly publicUrl: string;
}

export function openFaults(options: FaultsOptions): Faults {
  const { state, add, roster, scenario, mails, sms, inbox, services, publicUrl } = options;
  const at = () => systemClock.now().toISOString();

  async function happen(plays: SeatPerson, fault: Fault): Promise<void> {
    switch (fault) {
      case 'mail-in-spam':
        return inbox.moveToSpam(plays);
      case 'mail-delayed':
        return inbox.delay(plays);
      case 'account-locked':
        return lockSignIn(await services, plays);
      case 'franceconnect-down':
        // The provider answers so as long as the seat has it.
        return;
      case 'link-dead':
        return endLink(await services, plays);
      case 'phishing-mail': {
        const { clock } = await services;
        await createTransport(mails.smtpUrl).sendMail({ ...forgedMail(plays, publicUrl), date: clock.now() });
        return;
      }
      case 'call-for-a-code': {
        const { clock, random } = await services;
        await sms.keep(
          { to: plays.mobile, text: callSms(random.digits(6)), reference: random.uuid() },
          clock.now(),
        );
        return;
      }
      case 'forged-letter':
        // The letter box shows it as long as the seat has it.
        return inbox.newAgain(forgedMark(plays));
    }
  }

  async function throwIn(seat: number | null, fault: Fault): Promise<void> {
    const concerned = [...state().seats.values()].filter(
      ({ number, device }) => device !== null && (seat === null || seat === number),
    );
    for (const { number, person } of concerned) {
      const plays = roster.get(number)?.[person];
      if (!plays) continue;
      await add({ kind: 'fault', at: at(), seat: number, fault });
      await happen(plays, fault);
    }
  }

  const enter = async (kind: 'fault-met' | 'fault-dealt', seat: number, fault: Fault): Promise<void> => {
    const { faults: now = [], met = [] } = state().seats.get(seat) ?? {};
    const isNews = now.includes(fault) && (kind === 'fault-dealt' || !met.includes(fault));
    if (isNews) await add({ kind, at: at(), seat, fault });
  };
  const met = (seat: number, fault: Fault) => enter('fault-met', seat, fault);
  const dealt = (seat: number, fault: Fault) => enter('fault-dealt', seat, fault);
  const dealtIfMet = async (seat: number, fault: Fault): Promise<void> => {
    if (state().seats.get(seat)?.met.includes(fault)) await dealt(seat, fault);
  };

  return {
    throwIn,
    met,
    dealt,
    async noted(seat, { route, outcome }) {
      if (route === paths.link && outcome === 'seen') await met(seat, 'link-dead');
      if (route === paths.signIn && outcome === 'refused') await met(seat, 'account-locked');
      if (outcome === 'passed' && (route === paths.signIn || route === paths.franceConnectReturn))
        await dealtIfMet(seat, 'account-locked');
      if (outcome === 'passed' && (route === paths.signIn || route === paths.identity))
        await dealtIfMet(seat, 'franceconnect-down');
      if (route === paths.confirmed || (outcome === 'passed' && route === paths.link))
        await dealtIfMet(seat, 'link-dead');
    },
    async understood(seat, fault) {
      if (state().seats.get(seat)?.unread.includes(fault))
        await add({ kind: 'praise-read', at: at(), seat, fault });
    },
    async reached(number, step) {
      const waiting = step === 'mail' ? state().seats.get(number) : undefined;
      const plays = waiting && roster.get(number)?.[waiting.person];
      // Thrown in before there was a link.
      if (plays && waiting.faults.includes('link-dead') && !waiting.met.includes('link-dead'))
        await endLink(await services, plays);
      for (const planned of scenario.faults) {
        const seat = state().seats.get(number);
        const known: readonly Fault[] = seat ? [...seat.faults, ...seat.dealt] : [];
        const { fault } = planned;
        if (planned.at === step && !known.includes(fault)) await throwIn(number, fault);
      }
    },
  };
}

/** The newest link of a person is too old from now on, as one of some weeks ago is. */
async function endLink({ db, keyring, clock }: Services, { person }: SeatPerson): Promise<void> {
  const key = personKey(keyring, person.line.nir);
  const links = await db
    .selectFrom('email_confirmation')
    .select('id')
    .where('person_key', '=', key)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .execute();
  for (const { id } of links) await extendConfirmation(db, key, id, clock.now());
}
