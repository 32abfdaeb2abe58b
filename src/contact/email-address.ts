import { domainToASCII, domainToUnicode } from 'node:url';
import { clean } from '#src/texts/clean.ts';

export type EmailProblem =
  | 'empty'
  | 'mailto'
  | 'website'
  | 'at-in-words'
  | 'no-at'
  | 'two-addresses'
  | 'two-ats'
  | 'brackets'
  | 'quotes'
  | 'comma'
  | 'semicolon'
  | 'space'
  | 'accents'
  | 'characters'
  | 'dots'
  | 'local-part'
  | 'incomplete'
  | 'domain'
  | 'too-long';

export interface EmailAddress {
  readonly ok: true;
  /** Where mail is sent: the local part as typed, the domain in lower-case ASCII. */
  readonly address: string;
  /** For uniqueness: the same for any spelling of one address in capitals or accents. */
  readonly canonical: string;
  /** For limits, which count by mailbox: also without `+tag`, and without the dots that Gmail ignores. */
  readonly limiterKey: string;
  /** The domain in ASCII (`xn--…`), so that look-alike letters are visible. */
  readonly shownDomain: string;
}

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const topLabel = /^([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/**
 * Reads an e-mail address (RFC 5321, dot-atom only) or says what is wrong with it.
 *
 * The input is cleaned (`clean`). Quoted names, comments, spaces or line breaks inside, and letters outside ASCII before
 * the «@» are refused, as are characters of a domain that IDNA would silently replace; each usual mistake has its own
 * reason, so that its message can say what to do. At most 64
 * characters before the «@», 254 in all. A `+tag` is part of the address: only `limiterKey` drops it.
 */
export function parseEmail(typed: string): EmailAddress | { ok: false; reason: EmailProblem } {
  const text = clean(typed);
  if (text === '') return refused('empty');
  if (text.length > 1000) return refused('too-long');
  const mistake = usualMistake(text);
  if (mistake) return refused(mistake);
  const [local = '', host = ''] = text.split('@');
  if (/[^!-~]/.test(local)) return refused(/[\p{L}\p{M}]/u.test(local) ? 'accents' : 'characters');
  if (local === '') return refused('local-part');
  if (!localPart.test(local) || /[^\p{L}\p{M}\p{N}.-]|[ıİ]/u.test(host)) return refused('characters');
  if (!host.includes('.')) return refused('incomplete');
  const domain = domainToASCII(host);
  if (!isMailDomain(domain)) return refused('domain');
  if (isReplaced(host, domain)) return refused('characters');
  const address = `${local}@${domain}`;
  if (local.length > 64 || address.length > 254) return refused('too-long');
  const canonical = address.toLowerCase();
  return { ok: true, address, canonical, limiterKey: limiterKey(canonical), shownDomain: domain };
}

/** What people type in the place of an address, or besides it; null when nothing of the kind is seen. */
function usualMistake(text: string): EmailProblem | null {
  if (/^mailto:/i.test(text)) return 'mailto';
  const signs = text.split('@').length - 1;
  if (signs === 0) {
    if (/^(https?:|www\.)/i.test(text)) return 'website';
    return /arr?oba[sz]e|[ ([{]at[ )\]}]/i.test(text) ? 'at-in-words' : 'no-at';
  }
  if (signs > 1) return /[ ,;/]/.test(text) ? 'two-addresses' : 'two-ats';
  if (/[<>]/.test(text)) return 'brackets';
  if (/["«»“”]/.test(text)) return 'quotes';
  if (text.includes(',')) return 'comma';
  if (text.includes(';')) return 'semicolon';
  if (text.includes(' ')) return 'space';
  if (/[\s\p{C}()[\]:\\]/u.test(text)) return 'characters';
  return /^\.|\.$|\.\.|\.@|@\./.test(text) ? 'dots' : null;
}

function refused(reason: EmailProblem): { ok: false; reason: EmailProblem } {
  return { ok: false, reason };
}

function isMailDomain(domain: string): boolean {
  const labels = domain.split('.');
  return labels.length >= 2 && labels.every((text) => label.test(text)) && topLabel.test(labels.at(-1) ?? '');
}

function isReplaced(host: string, domain: string): boolean {
  const lower = host.toLowerCase().normalize('NFC');
  return lower !== domain && lower !== domainToUnicode(domain);
}

function limiterKey(canonical: string): string {
  const at = canonical.lastIndexOf('@');
  const tag = canonical.indexOf('+', 1);
  const mailbox = canonical.slice(0, tag > 0 && tag < at ? tag : at);
  const domain = canonical.slice(at + 1);
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com';
  return isGmail ? `${mailbox.replaceAll('.', '')}@gmail.com` : `${mailbox}@${domain}`;
}

/** `c•••••e@ex•••••.fr`: enough for its owner to recognise; the number of bullets reveals nothing. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const end = local.length >= 4 ? local.slice(-1) : '';
  return `${local.slice(0, 1)}•••••${end}@${domain.slice(0, Math.min(2, dot - 1))}•••••${domain.slice(dot)}`;
}
