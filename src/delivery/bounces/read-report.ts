import { type Field, fieldGroups, fieldValue, readMessage } from '#src/delivery/bounces/mime-parts.ts';

/** What a mail server tells of one mail (RFC 3464), as far as it matters here. */
export interface DeliveryReport {
  readonly action: 'failed' | 'delayed' | 'delivered';
  /** `5.1.1` …; null where none was given, or none that is one. */
  readonly status: string | null;
  /** Addresses that the report itself was sent to, as its headers name them. */
  readonly sentTo: readonly string[];
  /** What we gave with the mail: the ENVID of its envelope, and its Message-ID. */
  readonly envelopeId: string | null;
  readonly messageId: string | null;
}

/** More than any report has: ours come back with headers only. */
export const largestReport = 512 * 1024;

const statusTypes = ['message/delivery-status', 'message/global-delivery-status'];
const returnedTypes = ['text/rfc822-headers', 'message/rfc822', 'message/global-headers', 'message/global'];
const mostGroups = 20;
const mostAddresses = 20;

/**
 * Reads a delivery report; null for any other message (a reply, an absence notice), and for what cannot be read.
 *
 * Servers are forgiven what several large ones do: no blank line between the fields of the message and those of the
 * recipient, or none between a part's headers and its first field; a base64 status; a report inside another
 * multipart; a status only in the words of the server (`Diagnostic-Code`).
 */
export function readReport(raw: Uint8Array): DeliveryReport | null {
  if (raw.length > largestReport) return null;
  const { headers, parts } = readMessage(raw);
  const status = parts.find(({ type }) => statusTypes.includes(type));
  if (!status) return null;
  const groups = [status.headers, ...fieldGroups(status.content(), mostGroups)];
  const told = groups.flatMap(recipientsIn).find(({ action }) => action !== null);
  if (!told?.action) return null;
  const returned = parts.find(({ type }) => returnedTypes.includes(type));
  const [original = []] = fieldGroups(returned?.content() ?? '', 1);
  const headersOfOriginal = [...(returned?.headers ?? []), ...original];
  return {
    action: told.action,
    status: told.status,
    sentTo: addressesIn(headers),
    envelopeId: groups.flatMap((group) => fieldValue(group, 'original-envelope-id') ?? [])[0] ?? null,
    messageId: /^<[^<>\s]{1,200}>/.exec(fieldValue(headersOfOriginal, 'message-id') ?? '')?.[0] ?? null,
  };
}

interface Told {
  readonly action: DeliveryReport['action'] | null;
  readonly status: string | null;
}

/** What one group of fields tells of recipients: of one, unless the blank lines between several are missing. */
function recipientsIn(group: readonly Field[]): Told[] {
  const valuesOf = (wanted: string) => group.flatMap(([name, value]) => (name === wanted ? [value] : []));
  const [statuses, diagnostics] = [valuesOf('status'), valuesOf('diagnostic-code')];
  return valuesOf('action').map((action, index) => ({
    action: actionOf(action),
    status: statusIn(statuses[index]) ?? statusIn(diagnostics[index]),
  }));
}

/** The first enhanced status code (RFC 3463) in a text; an address of four numbers is none. */
function statusIn(text = ''): string | null {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)/.exec(text)?.[0] ?? null;
}

function actionOf(value: string): DeliveryReport['action'] | null {
  const word = /^[a-z]{1,20}/i.exec(value)?.[0].toLowerCase();
  return word === 'failed' || word === 'delayed' || word === 'delivered' ? word : null;
}

/** Servers note where a message really went; the last resort is what it was addressed to. */
function addressesIn(headers: readonly Field[]): string[] {
  const named = ['x-original-to', 'delivered-to', 'envelope-to', 'to'];
  return headers
    .filter(([name]) => named.includes(name))
    .slice(0, mostAddresses)
    .map(([, value]) => value.slice(0, 1_000));
}
