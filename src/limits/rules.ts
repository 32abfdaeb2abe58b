import type { AttemptRule } from '#src/limits/attempts.ts';
import type { Policy } from '#src/policy/schema.ts';

/** What is limited, by the policy's numbers: one kind of counter each. */
export interface LimitRules {
  readonly identity: AttemptRule;
  readonly proof: AttemptRule;
  readonly clientAddress: AttemptRule;
  readonly signIn: AttemptRule;
  readonly signInFromAddress: AttemptRule;
  /** Failures of one known device, which count for nobody else. */
  readonly signInFromDevice: AttemptRule;
  readonly code: AttemptRule;
  readonly letter: AttemptRule;
  readonly smsNumber: AttemptRule;
  readonly smsAddress: AttemptRule;
  /** All SMS of the installation: one subject. */
  readonly smsBudget: AttemptRule;
  /** Codes to one mailbox, which count with the other mails that an outsider can cause. */
  readonly codeMail: AttemptRule;
}

export function limitRules({ limits }: Policy): LimitRules {
  return {
    identity: { kind: 'identity', windows: limits.identityPerPerson },
    proof: { kind: 'proof', windows: limits.proofPerPerson },
    clientAddress: { kind: 'client-address', windows: limits.failuresPerAddress },
    signIn: { kind: 'sign-in', windows: limits.signInPerPerson, delays: limits.signInDelays },
    signInFromAddress: { kind: 'sign-in-address', windows: limits.signInPerPersonAndAddress },
    signInFromDevice: {
      kind: 'sign-in-device',
      windows: limits.signInPerPerson,
      delays: limits.signInDelays,
    },
    code: { kind: 'code', windows: limits.codesPerPerson },
    letter: { kind: 'letter', windows: limits.lettersPerPerson },
    smsNumber: { kind: 'sms-number', windows: limits.smsPerNumber },
    smsAddress: { kind: 'sms-address', windows: limits.smsPerAddress },
    smsBudget: { kind: 'sms-budget', windows: [limits.smsBudget] },
    codeMail: { kind: 'code-mail', windows: [limits.mailsPerAddress] },
  };
}
