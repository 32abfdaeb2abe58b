import { fieldGroups, fieldValue, type HeaderField, readMessage } from '#src/delivery/bounces/mime-parts.ts';

/** What a mail server reports about one mail (RFC 3464), as far as it matters here. */
export interface DeliveryReport {
  readonly action: 'failed' | 'delayed' | 'delivered';
  /** `5.1.1` …; null when the report has none, or an invalid one. */
  readonly status: string | null;
  /** Addresses that the report itself was sent to, from its headers. */
  readonly sentTo: readonly string[];
  /** What we sent with the mail: the ENVID of its envelope, and its Message-ID. */
  readonly envelopeId: string | null;
  readonly messageId: string | null;
}

/** More than any report needs: ours return headers only. */
export const largestReport = 512 * 1024;

const statusTypes = ['message/delivery-status', 'message/global-delivery-status'];
const returnedTypes = ['text/rfc822-headers', 'message/rfc822', 'message/global-headers', 'message/global'];
const mostGroups = 20;
const mostAddresses = 20;

/**
 * Reads a delivery report; null for any other message (a reply, an absence notice), and for what cannot be read.
 *
 * Tolerates deviations of several large servers: no blank line between the fields of the message and those of the
 * recipient, or between a part's headers and its first field; a status in base64; a report inside another multipart; a
 * status only in the text of the server (`Diagnostic-Code`).
 */
export function readReport(raw: Uint8Array): DeliveryReport | null {
  if (raw.length > largestReport) return null;
  const { headers, parts } = readMessage(raw);
  const status = parts.find(({ type }) => statusTypes.includes(type));
  if (!status) return null;
  const groups = [status.headers, ...fieldGroups(status.content(), mostGroups)];
  const recipient = groups.flatMap(recipientsIn).find(({ action }) => action !== null);
  if (!recipient?.action) return null;
  const returned = parts.find(({ type }) => returnedTypes.includes(type));
  const [original = []] = fieldGroups(returned?.content() ?? '', 1);
  const headersOfOriginal = [...(returned?.headers ?? []), ...original];
  return {
    action: recipient.action,
    status: recipient.status,
    sentTo: addressesIn(headers),
    envelopeId: groups.flatMap((group) => fieldValue(group, 'original-envelope-id') ?? [])[0] ?? null,
    messageId: /^<[^<>\s]{1,200}>/.exec(fieldValue(headersOfOriginal, 'message-id') ?? '')?.[0] ?? null,
  };
}

interface RecipientStatus {
  readonly action: DeliveryReport['action'] | null;
  readonly status: string | null;
}

/** The recipients in one group of fields: one, unless the blank lines between several are missing. */
function recipientsIn(group: readonly HeaderField[]): RecipientStatus[] {
  const valuesOf = (wanted: string) => group.flatMap(([name, value]) => (name === wanted ? [value] : []));
  const [statuses, diagnostics] = [valuesOf('status'), valuesOf('diagnostic-code')];
  return valuesOf('action').map((action, index) => ({
    action: actionOf(action),
    status: statusIn(statuses[index]) ?? statusIn(diagnostics[index]),
  }));
}

/** The first enhanced status code (RFC 3463) in a text, which is not part of an IP address. */
function statusIn(text = ''): string | null {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)/.exec(text)?.[0] ?? null;
}

function actionOf(value: string): DeliveryReport['action'] | null {
  const word = /^[a-z]{1,20}/i.exec(value)?.[0].toLowerCase();
  return word === 'failed' || word === 'delayed' || word === 'delivered' ? word : null;
}

/** The addresses that servers noted on delivery; as a last resort, those in `To`. */
function addressesIn(headers: readonly HeaderField[]): string[] {
  const named = ['x-original-to', 'delivered-to', 'envelope-to', 'to'];
  return headers
    .filter(([name]) => named.includes(name))
    .slice(0, mostAddresses)
    .map(([, value]) => value.slice(0, 1_000));
}
