import { common } from '#src/texts/common.ts';
import { catalogue } from '#src/texts/language.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised, Visit } from '#src/web/visit.ts';

/** The way back to the page before, above the title. */
export function backLink(visit: Localised, href: string, text: string = common[visit.voice].back): Html {
  return html`<a href="${href}" class="govuk-back-link">${text}</a>`;
}

/** The first link of a page, which skips to its content. */
export function skipLink(visit: Localised, href: string): Html {
  return html`<a href="${href}" class="govuk-skip-link">${common[visit.voice].skipToContent}</a>`;
}

/** A link to another site. A class stays within itself, often without Internet: there it is only what it says. */
export function outsideLink({ demo }: Pick<Visit, 'demo'>, href: string, text: string): Html {
  return demo?.kind === 'exercise' ? html`${text}` : html`<a class="govuk-link" href="${href}">${text}</a>`;
}

/** A telephone link. */
export function telephoneLink(number: string): Html {
  return html`<a class="govuk-link unbroken" href="tel:${number.replaceAll(/[^+\d]/g, '')}">${number}</a>`;
}

/** A mailto link. */
export function mailboxLink(address: string): Html {
  return html`<a class="govuk-link" href="mailto:${address}">${address}</a>`;
}

const texts = catalogue({
  fr: {
    lead: 'Vous n’entendez pas, ou téléphoner est difficile pour vous ?',
    relay: (name: string) => `Appelez-nous avec ${name}`,
    relayIs: 'Une personne traduit, ou écrit ce qui est dit.',
    write: 'Écrivez à',
    form: 'Écrivez à votre caisse par internet',
    letter: 'Vous pouvez aussi écrire une lettre. L’adresse de votre caisse est en haut de ses courriers.',
  },
  en: {
    lead: 'You cannot hear, or using a telephone is difficult for you?',
    relay: (name: string) => `Call us with ${name}`,
    relayIs: 'A person interprets, or writes down what is said.',
    write: 'Write to',
    form: 'Write to your health insurance fund online',
    letter: 'You can also write a letter. The address of your fund is at the top of its letters.',
  },
  plain: {
    fr: {
      lead: 'Vous entendez mal, ou téléphoner est difficile ?',
      letter: 'Vous pouvez écrire une lettre. L’adresse est sur les courriers de votre caisse.',
    },
  },
});

type Channels = Pick<Visit, 'voice' | 'demo' | 'supportRelay' | 'supportMailbox' | 'supportForm'>;

/**
 * For people who cannot telephone: the relay, the mailbox and the form that the policy names. A letter is always
 * possible, and named when there is nothing faster to write to. `mailbox`: that of the person’s own caisse.
 */
export function writtenContact(visit: Channels, mailbox: string | null = visit.supportMailbox): Html {
  const t = texts[visit.voice];
  return html`<p class="govuk-body">${t.lead}</p>${writtenChannels(visit, mailbox)}`;
}

/** The ways to reach somebody without speaking on the telephone, the fastest first. */
export function writtenChannels(visit: Channels, mailbox: string | null = visit.supportMailbox): Html {
  const t = texts[visit.voice];
  const { supportRelay: relay, supportForm: form } = visit;
  const channels = [
    relay && html`${outsideLink(visit, relay.address, t.relay(relay.name))}. ${t.relayIs}`,
    mailbox !== null && html`${t.write} ${mailboxLink(mailbox)}.`,
    form !== null && html`${outsideLink(visit, form, t.form)}.`,
    mailbox === null && form === null && t.letter,
  ].filter((channel) => channel !== null && channel !== false);
  return html`<ul class="govuk-list govuk-list--bullet">${channels.map((channel) => html`<li>${channel}</li>`)}</ul>`;
}
