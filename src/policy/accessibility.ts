import { z } from 'zod';
import { parseEmail } from '#src/contact/email-address.ts';
import { softwareAudit } from '#src/policy/software-audit.ts';

/** States of conformity, as article 5 of the arrêté of 20 September 2019 names them. */
export const conformityStates = ['totale', 'partielle', 'non'] as const;
export type ConformityState = (typeof conformityStates)[number];

/** A text for people, in both languages of the pages. */
export const bilingual = z.strictObject({ fr: z.string().min(1), en: z.string().min(1) });

const day = z.iso.date();

/** An address on the web, of this site (`/…`) or of another. */
export const webAddress = z
  .string()
  .refine(
    (text) => /^\/[^/\\]/.test(text) || isHttps(text),
    'is neither an https address nor a path of this site',
  );

export const mailbox = z.string().transform((typed, context) => {
  const email = parseEmail(typed);
  if (!email.ok) context.addIssue('is no e-mail address');
  return email.ok ? email.address : z.NEVER;
});

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

const list = z.array(bilingual);

/**
 * The accessibility statement of an installation, as its body publishes it: the fields of the model in the RGAA
 * (arrêté of 20 September 2019).
 *
 * A body cannot claim more than its audit found: `totale` needs every criterion met, `partielle` half of them, and
 * without a valid audit a service is `non` conforme.
 */
export const accessibilitySchema = z
  .strictObject({
    /** The body that publishes the service and this statement. */
    body: z.string().min(1),
    state: z.enum(conformityStates),
    audit: z
      .strictObject({
        /** Who carried it out: a company, or the body itself. */
        by: z.string().min(1),
        on: day,
        /** Version of the RGAA. */
        version: z.string().min(1),
        /** Share of the applicable criteria that are met, in percent. */
        rate: z.number().min(0).max(100),
        technologies: z.array(z.string()).min(1),
        /** Browsers with assistive technologies. */
        environments: list.min(1),
        tools: z.array(z.string()),
        /** The pages that were audited. */
        pages: list.min(1),
      })
      .nullable(),
    /** Contents that are not accessible, by reason. */
    notConform: list,
    /** Derogations for disproportionate burden, each with its grounds and its alternative. */
    derogations: list,
    /** Contents that the law exempts. */
    exempt: list,
    establishedOn: day,
    updatedOn: day.nullable(),
    /** Where people report a defect in writing: one of the two at least. */
    contact: z
      .strictObject({ mailbox: mailbox.nullable(), form: webAddress.nullable() })
      .refine(({ mailbox, form }) => mailbox !== null || form !== null, 'needs a mailbox or a form'),
    /** The plans that article 47 of the law of 11 February 2005 asks for; null: not published. */
    plans: z.strictObject({ multiYear: webAddress.nullable(), annual: webAddress.nullable() }),
  })
  .refine(({ state, audit }) => state === 'non' || (audit !== null && audit.rate >= floor[state]), {
    path: ['state'],
    message: 'claims more than the audit found',
  })
  .refine(({ establishedOn, updatedOn }) => updatedOn === null || updatedOn >= establishedOn, {
    path: ['updatedOn'],
    message: 'is before the day on which the statement was established',
  });

/** The least share of criteria met, in percent, that a state may be claimed with. */
const floor = { totale: 100, partielle: 50 } as const;

export type AccessibilityStatement = z.infer<typeof accessibilitySchema>;

/**
 * The state that every page mentions. An installation whose body has published no statement has no valid audit: the law
 * then calls it not conforming, whatever the software’s own audit found. The demo is what that audit looked at.
 */
export function conformityOf(statement: AccessibilityStatement | null, demo: boolean): ConformityState {
  if (statement) return statement.state;
  return demo ? softwareAudit.state : 'non';
}
