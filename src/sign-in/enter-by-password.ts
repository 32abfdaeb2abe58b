import { readDeviceKind } from '#src/credentials/device-kind.ts';
import { rememberDevice } from '#src/credentials/known-devices.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';
import type { Carrier } from '#src/sessions/token.ts';
import type { Entrant } from '#src/sign-in/entrant.ts';
import { type Judgement, type TypedAt, trustedPlace } from '#src/sign-in/judge-password.ts';
import { signIn } from '#src/sign-in/sign-in.ts';

/** A password that was judged right, and from where it came. */
export interface RightPassword extends TypedAt {
  readonly entrant: Entrant;
  readonly judged: Extract<Judgement, { kind: 'accepted' }>;
  readonly nir: string;
  /** As typed. */
  readonly typed: string;
  /** The person key by which failures are counted. */
  readonly subject: Buffer;
  /** The cookie, or its like, that identifies a known browser. */
  readonly device: string;
  readonly userAgent: string;
  /** The digest of the form; a program sends none. */
  readonly request?: Buffer;
  /** The session that was presented: it ends. */
  readonly older: Session | null;
  readonly carrier?: Carrier;
}

/**
 * Signs in by a right password, with a new session and a new secret of the browser (`cookie`). A hash of an older cost or
 * pepper is made anew, together with the session.
 */
export async function enterByPassword(services: Services, entering: RightPassword) {
  const { random, passwords } = services;
  const { entrant, judged, nir, typed, subject, device, userAgent, request, older, carrier } = entering;
  const { client, signal, now } = entering;
  const { password, claim, outdated } = judged;
  const hashed = outdated ? await passwords.hash(typed, { nir, client, ahead: true, signal }) : null;
  const { known } = entrant;
  const signing = { device, known, kind: readDeviceKind(userAgent), withPassword: true };
  const { remembered, cookie } = rememberDevice(random, password.personKey, {
    ...signing,
    ...(request ? { request } : {}),
  });
  const evidence = {
    kind: 'password',
    password,
    claim,
    rehashed: hashed?.ok ? hashed.value : null,
    device: remembered,
    endsFailuresOf: trustedPlace(known) ? subject : null,
  } as const;
  const carried = { older, now, ...(carrier ? { carrier } : {}) };
  return { outcome: await signIn(services, entrant, evidence, carried), cookie };
}
