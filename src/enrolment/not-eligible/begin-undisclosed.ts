import { sessionCookie } from '#src/access/session-cookie.ts';
import { atOnce } from '#src/database/at-once.ts';
import { beginDossier, startingDossier } from '#src/enrolment/begin-dossier.ts';
import type { Answers } from '#src/journey/answers.ts';
import type { Bar } from '#src/journey/bars.ts';
import { begin, currentPath } from '#src/journey/journey.ts';
import type { IdentityForm } from '#src/page-parts/identity/form.ts';
import type { FoundInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';
import { type Answer, redirect } from '#src/web/page.ts';

/** The bar of a dossier whose person was not recognised, to be shown to an agent. */
const notRecognised = 'not-recognised' satisfies Bar;

/** Whether a dossier is about nobody: opened so that a person not recognised gets the same page as one stopped. */
export function isNobody({ identity }: Answers): boolean {
  return identity.bars.includes(notRecognised);
}

interface Beginning {
  readonly form: IdentityForm;
  readonly found: FoundInsured | null;
  readonly older: Session | null;
  readonly now: Date;
}

/**
 * The answer of a neutral policy to everyone who cannot continue with the card: same status, same cookie, same page.
 *
 * A person who was recognised gets their dossier. Anyone else gets a dossier about nobody, under a random person key: it
 * shows what was typed, has a support code for an agent, and concerns no real person’s data.
 */
export async function beginUndisclosed(services: Services, beginning: Beginning): Promise<Answer | null> {
  const { form, found, older, now } = beginning;
  if (found) return beginDossier(services, { form, found, older, now });
  const answers = begin(nobody(form));
  const start = { personKey: services.random.bytes(32), answers, carrier: 'cookie', older } as const;
  const { writes, issued } = startingDossier(services, start, now);
  await atOnce(services.db, writes);
  return redirect(currentPath(answers), sessionCookie(issued));
}

function nobody(form: IdentityForm): Answers['identity'] {
  return {
    ...form,
    bars: [notRecognised],
    mayEnrol: false,
    undisclosed: true,
    cardRoute: false,
    cardType: null,
    ibanStart: null,
    caisse: '',
    names: [],
    registeredBirthDate: form.birthDate,
    reachable: null,
    typed: true,
  };
}
