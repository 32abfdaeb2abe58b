import type { Kysely } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import type { SmsTransport } from '#src/delivery/sms/gateway.ts';
import type { MailTransport } from '#src/delivery/transport.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Clock } from '#src/time/clock.ts';

/** What a delivery needs. */
export interface Delivering {
  readonly db: Kysely<Database>;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly policy: Pick<
    Policy,
    'limits' | 'support' | 'serviceName' | 'password' | 'notices' | 'confirmation' | 'wording'
  >;
  readonly transport: Pick<MailTransport, 'send'>;
  /** For recipients at the policy's `secondSenderDomains`; null: there is one sender. */
  readonly secondTransport: Pick<MailTransport, 'send'> | null;
  /** Null: no gateway is configured, and SMS wait for one until they are given up. */
  readonly sms: SmsTransport | null;
  /** Without a final slash: every link starts with it. */
  readonly publicUrl: string;
  readonly senderName: string;
  /** Whether every mail says that it is an exercise. */
  readonly isExercise?: boolean;
}
