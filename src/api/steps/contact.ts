import { z } from 'zod';
import { changedAnswer, contactAnswer } from '#src/api/answers.ts';
import { type AtStep, atStep } from '#src/api/at-step.ts';
import { type ApiAnswer, done, type Endpoint } from '#src/api/endpoint.ts';
import { unknownFields, wrongFields } from '#src/api/fields.ts';
import { otherDomain } from '#src/api/other-domain.ts';
import { problem } from '#src/api/problem.ts';
import { standingAt } from '#src/api/standing.ts';
import { createAccount } from '#src/enrolment/contact/create-account.ts';
import { consentText } from '#src/page-parts/contact/consents.ts';
import { contactProblem } from '#src/page-parts/contact/form.ts';
import { contactSchema } from '#src/page-parts/contact/schema.ts';
import { contactTexts } from '#src/page-parts/contact/texts.ts';
import { readFields } from '#src/page-parts/typed-text.ts';
import type { Services } from '#src/services.ts';
import { formatNotBefore } from '#src/texts/typography.ts';

const always = ['email', 'adresseProposee', 'portable', 'fixe'];

/** The contact details: the consents of the policy, and the answer, which creates the account. */
export function contactEndpoints(services: Services): readonly Endpoint[] {
  const { contact, wording } = services.policy;
  const fields = [...always, ...contact.consents];
  const body = z.object(
    Object.fromEntries(Object.entries(contactSchema.shape).filter(([field]) => fields.includes(field))),
  );

  function ask({ voice }: AtStep): ApiAnswer {
    const consentements = contact.consents.map((purpose) => {
      const { text: texte, version } = consentText(purpose, wording.contact, voice);
      return { champ: purpose, texte, version };
    });
    return done({ telephones: contact.telephones, consentements });
  }

  async function give(request: AtStep): Promise<ApiAnswer> {
    const { voice, session, dossier, now } = request;
    const reading = readFields(contactSchema, request.body);
    const wrong = [...unknownFields(request.body, fields), ...(reading.ok ? [] : reading.problems)];
    if (!reading.ok || wrong.length > 0)
      return wrongFields(wrong, voice, ({ field, code }) => contactProblem(field, code, voice));
    const details = reading.value;
    const questioned = otherDomain(details.email, details.adresseProposee, voice);
    if (questioned) return questioned;
    const consents = contact.consents.map((purpose) => ({ purpose, answer: details[purpose] }));
    const telephones = { portable: details.portable, fixe: details.fixe };
    const contactDetails = { email: details.email, telephones, consents, voice, createdIn: null };
    const creation = await createAccount(services, { session, dossier }, contactDetails, now);
    if (creation.kind === 'mailbox-full') {
      const detail = contactTexts[voice].mailboxFull(formatNotBefore(creation.until, voice));
      return problem('too-soon', { detail, until: creation.until });
    }
    if (creation.kind !== 'created') return problem('overtaken');
    return done({ jeton: creation.issued.token, ...standingAt('validation-email') });
  }

  return [
    {
      id: 'readContact',
      method: 'GET',
      path: '/dossier/coordonnees',
      status: 200,
      answer: contactAnswer,
      problems: ['step-not-open'],
      handle: atStep('contact', ask),
    },
    {
      id: 'giveContact',
      method: 'POST',
      path: '/dossier/coordonnees',
      body,
      status: 200,
      renewsToken: true,
      answer: changedAnswer,
      problems: ['step-not-open', 'overtaken', 'fields', 'too-soon'],
      handle: atStep('contact', give),
    },
  ];
}
