import { sessionCookie } from '#src/access/session-cookie.ts';
import { beginDossier, startDossier } from '#src/enrolment/begin-dossier.ts';
import type { Answers } from '#src/journey/answers.ts';
import type { Bar } from '#src/journey/bars.ts';
import { begin, currentPath } from '#src/journey/journey.ts';
import type { IdentityForm } from '#src/page-parts/identity/form.ts';
import type { FoundInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';
import { type Answer, redirect } from '#src/web/page.ts';

/** What stands among the bars of somebody whom the register did not recognise: for the agent. */
const notRecognised = 'not-recognised' satisfies Bar;

/** Whether a dossier is about nobody: it was opened so that not being recognised looks like being stopped. */
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
 * The answer of a neutral policy to everybody who cannot go on by the card: same status, same cookie, same page.
 *
 * Somebody who was recognised gets their dossier. Somebody who was not gets a dossier of nobody, under a person key
 * drawn at random: what was typed is shown back and an agent can be told, and it touches nobody’s data.
 */
export async function beginUndisclosed(services: Services, beginning: Beginning): Promise<Answer> {
  const { form, found, older, now } = beginning;
  if (found) return beginDossier(services, { form, found, older, now });
  const answers = begin(nobody(form));
  const start = { personKey: services.random.bytes(32), answers, carrier: 'cookie', older } as const;
  const issued = await services.db.transaction().execute((trx) => startDossier(trx, services, start, now));
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
