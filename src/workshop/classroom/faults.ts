import { createTransport } from 'nodemailer';
import { extendConfirmation } from '#src/confirmations/extend.ts';
import { personKey } from '#src/crypto/keyring.ts';
import type { MailTray } from '#src/demo/trays/mail-tray.ts';
import type { SmsTray } from '#src/demo/trays/sms-tray.ts';
import {
  type ClassEvent,
  type Fault,
  type PossibleFault,
  possibleFaults,
} from '#src/exercise/class-event.ts';
import type { ClassState } from '#src/exercise/class-state.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { Step } from '#src/exercise/steps.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';
import { callSms, forgedMail } from '#src/workshop/classroom/forged.ts';
import type { Inbox } from '#src/workshop/classroom/inbox.ts';
import type { Roster, SeatPerson } from '#src/workshop/classroom/roster.ts';

/** What goes wrong in a class: thrown in by its trainer, or by its scenario at a step. */
export interface Faults {
  /** For one seat, or with null for all where somebody sits. */
  throwIn(seat: number | null, fault: PossibleFault): Promise<void>;
  /** What the scenario lets go wrong when a seat comes to a step, once for each person. */
  reached(seat: number, step: Step): Promise<void>;
  /** The learner of a seat has dealt rightly with what went wrong. */
  dealt(seat: number, fault: PossibleFault): Promise<void>;
}

export interface FaultsOptions {
  readonly state: () => ClassState;
  readonly add: (event: ClassEvent) => Promise<void>;
  readonly roster: Roster;
  readonly scenario: Pick<Scenario, 'faults'>;
  readonly mails: Pick<MailTray, 'smtpUrl'>;
  readonly sms: Pick<SmsTray, 'keep'>;
  readonly inbox: Pick<Inbox, 'moveToSpam'>;
  readonly services: Promise<Services>;
  readonly publicUrl: string;
}

export function openFaults(options: FaultsOptions): Faults {
  const { state, add, roster, scenario, mails, sms, inbox, services, publicUrl } = options;
  const at = () => systemClock.now().toISOString();

  async function happen(plays: SeatPerson, fault: PossibleFault): Promise<void> {
    switch (fault) {
      case 'mail-in-spam':
        return inbox.moveToSpam(plays);
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
        return;
    }
  }

  async function throwIn(seat: number | null, fault: PossibleFault): Promise<void> {
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

  return {
    throwIn,
    async reached(number, step) {
      for (const planned of scenario.faults) {
        const seat = state().seats.get(number);
        const met: readonly Fault[] = seat ? [...seat.faults, ...seat.dealt] : [];
        const fault = possibleFaults.find((one) => one === planned.fault);
        if (planned.at === step && fault && !met.includes(fault)) await throwIn(number, fault);
      }
    },
    async dealt(seat, fault) {
      if (state().seats.get(seat)?.faults.includes(fault))
        await add({ kind: 'fault-dealt', at: at(), seat, fault });
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
