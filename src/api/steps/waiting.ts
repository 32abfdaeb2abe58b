import { z } from 'zod';
import { standingAnswer, waitingAnswer } from '#src/api/answers.ts';
import { type Waiting, whileWaiting } from '#src/api/at-step.ts';
import { type ApiAnswer, done, type Endpoint } from '#src/api/endpoint.ts';
import { unknownFields, wrongFields } from '#src/api/fields.ts';
import { otherDomain } from '#src/api/other-domain.ts';
import { problem } from '#src/api/problem.ts';
import { standingAt } from '#src/api/standing.ts';
import type { AuditKind, NoDetails } from '#src/audit/kind.ts';
import { maskEmail } from '#src/contact/email-address.ts';
import { confirmCode } from '#src/enrolment/confirmation/confirm-code.ts';
import { latestMail } from '#src/enrolment/confirmation/pending.ts';
import { codeProblem, codeSchema } from '#src/enrolment/confirmation/schema.ts';
import { sendAgain } from '#src/enrolment/confirmation/send-again.ts';
import { confirmationTexts } from '#src/enrolment/confirmation/texts.ts';
import { addressCorrected, confirmationResent } from '#src/enrolment/events.ts';
import { contactProblem } from '#src/page-parts/contact/form.ts';
import { contactSchema } from '#src/page-parts/contact/schema.ts';
import { readFields } from '#src/page-parts/typed-text.ts';
import type { Services } from '#src/services.ts';
import { formatNotBefore } from '#src/texts/typography.ts';

const addressSchema = z.object({
  email: contactSchema.shape.email,
  adresseProposee: contactSchema.shape.adresseProposee,
});

const actor = { kind: 'program' } as const;

/** After the account was created: the code of the mail, another mail, another address. */
export function waitingEndpoints(services: Services): readonly Endpoint[] {
  const { policy } = services;

  async function look({ account }: Waiting): Promise<ApiAnswer> {
    const mail = await latestMail(services.db, account.personKey);
    return done({
      adresse: maskEmail(account.contact.email),
      chiffres: policy.confirmation.codeDigits,
      lienActifJusquA: account.linkDeadAt.toISOString(),
      attenteJusquA: account.pendingUntil.toISOString(),
      message: mail?.state ?? null,
    });
  }

  async function confirm(request: Waiting): Promise<ApiAnswer> {
    const { body, account, voice, client, now } = request;
    const t = confirmationTexts[voice];
    const reading = readFields(codeSchema, body);
    const wrong = [
      ...unknownFields(body, Object.keys(codeSchema.shape)),
      ...(reading.ok ? [] : reading.problems),
    ];
    if (!reading.ok || wrong.length > 0) return wrongFields(wrong, voice, (one) => codeProblem([one], voice));
    const { code } = reading.value;
    const tried = { personKey: account.personKey, code, own: true, client, actor, now };
    const confirmed = await confirmCode(services, account, tried, null);
    switch (confirmed.kind) {
      case 'blocked':
        return problem('blocked', { until: confirmed.until });
      case 'wrong': {
        const { codeDigits, codeTries } = policy.confirmation;
        return problem('confirmation-refused', { detail: t.codeWrong(codeDigits, codeTries) });
      }
      case 'confirmed':
        return done({ ...standingAt('termine') });
    }
  }

  async function send(
    request: Waiting,
    address: string,
    event: AuditKind<string, NoDetails>,
  ): Promise<ApiAnswer> {
    const { account, voice, now } = request;
    const t = confirmationTexts[voice];
    const sent = await sendAgain(services, { account, address, kind: 'activation', event, actor, now });
    if (sent.kind === 'sent') return done({ ...standingAt('validation-email') }, 202);
    if (sent.kind === 'exhausted')
      return problem('no-more-messages', { detail: t.noMore(policy.support.telephone) });
    const detail = t.notYet(formatNotBefore(sent.until, voice));
    return problem('too-soon', { detail, until: sent.until });
  }

  async function correct(request: Waiting): Promise<ApiAnswer> {
    const { body, voice } = request;
    const reading = readFields(addressSchema, body);
    const wrong = [
      ...unknownFields(body, Object.keys(addressSchema.shape)),
      ...(reading.ok ? [] : reading.problems),
    ];
    if (!reading.ok || wrong.length > 0)
      return wrongFields(wrong, voice, ({ field, code }) => contactProblem(field, code, voice));
    const { email, adresseProposee } = reading.value;
    return otherDomain(email, adresseProposee, voice) ?? send(request, email.address, addressCorrected);
  }

  const path = '/dossier/validation-email';
  return [
    {
      id: 'readWaiting',
      method: 'GET',
      path,
      status: 200,
      answer: waitingAnswer,
      problems: ['step-not-open'],
      handle: whileWaiting(look),
    },
    {
      id: 'confirm',
      method: 'POST',
      path,
      body: codeSchema,
      status: 200,
      answer: standingAnswer,
      problems: ['step-not-open', 'fields', 'confirmation-refused', 'blocked'],
      handle: whileWaiting(confirm),
    },
    {
      id: 'sendAgain',
      method: 'POST',
      path: `${path}/renvoi`,
      status: 202,
      answer: standingAnswer,
      problems: ['step-not-open', 'too-soon', 'no-more-messages'],
      handle: whileWaiting((request) => send(request, request.account.contact.email, confirmationResent)),
    },
    {
      id: 'correctAddress',
      method: 'POST',
      path: `${path}/adresse`,
      body: addressSchema,
      status: 202,
      answer: standingAnswer,
      problems: ['step-not-open', 'fields', 'too-soon', 'no-more-messages'],
      handle: whileWaiting(correct),
    },
  ];
}
