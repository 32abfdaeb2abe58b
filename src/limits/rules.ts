import type { AttemptRule } from '#src/limits/attempt.ts';
import type { Policy } from '#src/policy/schema.ts';

/** Ways of which each has its own counter of a client’s failures: what closes one leaves the others open. */
type Way =
  | 'identity'
  | 'proof'
  | 'sign-in'
  | 'code'
  | 'confirmation'
  | 'franceconnect'
  | 'password-reset'
  | 'link'
  | 'check';

/** What is limited, by the policy's numbers: one kind of counter each. */
export interface LimitRules {
  readonly identity: AttemptRule;
  readonly proof: AttemptRule;
  /** Failures of a client, about any person. */
  readonly client: Readonly<Record<Way, AttemptRule>>;
  /** Of a person, wherever from: it slows. */
  readonly signIn: AttemptRule;
  /** Of a person from one client: it locks. */
  readonly signInFromClient: AttemptRule;
  /** Failures of one known device, or of who is signed in, which count for nobody else. */
  readonly signInFromDevice: AttemptRule;
  /** Of visitors who type a number and a code. */
  readonly code: AttemptRule;
  /** Of a visitor who was identified in this browser. */
  readonly codeOfDossier: AttemptRule;
  /** Requests for a new password by visitors who type a number: fewer than one mailbox gets, which has other mails to come. */
  readonly reset: AttemptRule;
  /** By a visitor who shows to be the owner: the account’s address typed, or a known device. */
  readonly resetByOwner: AttemptRule;
  readonly addressChange: AttemptRule;
  readonly letter: AttemptRule;
  readonly smsNumber: AttemptRule;
  readonly smsAddress: AttemptRule;
  /** All SMS of the installation: one subject. */
  readonly smsBudget: AttemptRule;
  /** Codes to one mailbox, which count with the other mails that an outsider can cause. */
  readonly codeMail: AttemptRule;
  /** Mails about sign-ins of a person from browsers that were not known: one that keeps no cookie is never known. */
  readonly newDeviceMail: AttemptRule;
  /** Messages that a person sends to their caisse, and files that they add to them. */
  readonly message: AttemptRule;
  readonly messageFile: AttemptRule;
  /** Papers that a person makes: each is drawn while they wait. */
  readonly attestation: AttemptRule;
  /** Copies of everything that is kept about a person: each reads all of it. */
  readonly dataCopy: AttemptRule;
  /** Unknown codes of papers, of all clients together: one subject. */
  readonly checks: AttemptRule;
}

/** A class of thirty is no attack, who mistype and then succeed: those are forgotten. Neither is a family at home. */
const manyPeople = { spread: 'many-people', at: 20 } as const;
const manyClients = { spread: 'many-clients', at: 10 } as const;
const day = 86_400;

export function limitRules({ limits }: Policy): LimitRules {
  const ofClient = (way: Way): AttemptRule => ({
    kind: `${way}-client`,
    windows: limits.failuresPerAddress,
    alarm: manyPeople,
  });
  return {
    identity: { kind: 'identity', windows: limits.identityPerPerson, alarm: manyClients },
    proof: { kind: 'proof', windows: limits.proofPerPerson, alarm: manyClients },
    client: {
      identity: ofClient('identity'),
      proof: ofClient('proof'),
      'sign-in': ofClient('sign-in'),
      code: ofClient('code'),
      confirmation: ofClient('confirmation'),
      franceconnect: ofClient('franceconnect'),
      'password-reset': ofClient('password-reset'),
      link: ofClient('link'),
      check: ofClient('check'),
    },
    signIn: {
      kind: 'sign-in',
      windows: limits.signInPerPerson,
      delays: limits.signInDelaysPerPerson,
      alarm: manyClients,
    },
    signInFromClient: {
      kind: 'sign-in-pair',
      windows: limits.signInPerPersonAndAddress,
      delays: limits.signInDelays,
    },
    signInFromDevice: {
      kind: 'sign-in-device',
      windows: limits.signInPerPerson,
      delays: limits.signInDelays,
    },
    code: { kind: 'code', windows: limits.codesPerPerson, alarm: manyClients },
    codeOfDossier: { kind: 'code-dossier', windows: limits.codesPerPerson, alarm: manyClients },
    reset: {
      kind: 'password-reset-asked',
      windows: [{ max: 3, perSeconds: day }],
      alarm: manyClients,
    },
    resetByOwner: { kind: 'password-reset-owner', windows: [{ max: 5, perSeconds: day }] },
    addressChange: { kind: 'address-change-asked', windows: [{ max: 5, perSeconds: day }] },
    letter: { kind: 'letter', windows: limits.lettersPerPerson },
    smsNumber: { kind: 'sms-number', windows: limits.smsPerNumber },
    smsAddress: { kind: 'sms-address', windows: limits.smsPerAddress },
    smsBudget: { kind: 'sms-budget', windows: [limits.smsBudget] },
    codeMail: { kind: 'code-mail', windows: [limits.mailsPerAddress] },
    message: { kind: 'message', windows: [{ max: 20, perSeconds: day }] },
    messageFile: { kind: 'message-file', windows: [{ max: 60, perSeconds: day }] },
    newDeviceMail: { kind: 'new-device-mail', windows: [{ max: 5, perSeconds: day }] },
    attestation: { kind: 'attestation', windows: [{ max: 20, perSeconds: day }] },
    dataCopy: { kind: 'data-copy', windows: [{ max: 5, perSeconds: day }] },
    checks: { kind: 'check', windows: [{ max: 5_000, perSeconds: 3_600 }] },
  };
}

/** The alarms that the rules can raise. */
export function alarmsOf({ client, ...rules }: LimitRules): readonly { kind: string; spread: string }[] {
  return [...Object.values(rules), ...Object.values(client)].flatMap(({ kind, alarm }) =>
    alarm ? [{ kind, spread: alarm.spread }] : [],
  );
}
