import PostalMime, { type Email } from 'postal-mime';

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

const limits = {
  attachmentEncoding: 'utf8',
  forceRfc822Attachments: true,
  maxNestingDepth: 10,
  maxHeadersSize: 128 * 1024,
} as const;

/** Reads a delivery report; null for any other message (a reply, an absence notice), and for what cannot be read. */
export async function readReport(raw: Uint8Array): Promise<DeliveryReport | null> {
  if (raw.length > largestReport) return null;
  const mail = await PostalMime.parse(raw, limits).catch(() => null);
  const status = mail && partOf(mail, 'message/delivery-status');
  if (!mail || !status) return null;
  const [ofMessage = new Map(), ...recipients] = groupsOf(status);
  const action = recipients.map((fields) => actionOf(fields.get('action'))).find((found) => found !== null);
  if (!action) return null;
  const told = recipients.find((fields) => actionOf(fields.get('action')) === action);
  const returned = partOf(mail, 'text/rfc822-headers') ?? partOf(mail, 'message/rfc822') ?? '';
  return {
    action,
    status: /^\s*([245]\.\d{1,3}\.\d{1,3})\b/.exec(told?.get('status') ?? '')?.[1] ?? null,
    sentTo: recipientsOf(mail),
    envelopeId: ofMessage.get('original-envelope-id') ?? null,
    messageId: /^message-id:\s*(<[^<>\s]{1,200}>)/im.exec(returned)?.[1] ?? null,
  };
}

function partOf({ attachments }: Email, type: string): string | null {
  const content = attachments.find(({ mimeType }) => mimeType === type)?.content;
  return typeof content === 'string' ? content : null;
}

/** Groups of fields, a blank line between them, folded lines joined: the message's, then one for each recipient. */
function groupsOf(text: string): Map<string, string>[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
    .filter((group) => group.trim() !== '')
    .slice(0, 20)
    .map((group) => {
      const fields = group.split('\n').flatMap((line): [string, string][] => {
        const colon = line.indexOf(':');
        return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
      });
      return new Map(fields);
    });
}

function actionOf(value: string | undefined): DeliveryReport['action'] | null {
  const word = /^[a-z]+/i.exec(value ?? '')?.[0].toLowerCase();
  return word === 'failed' || word === 'delayed' || word === 'delivered' ? word : null;
}

/** Servers note where a message really went; the last resort is what it was addressed to. */
function recipientsOf({ headers }: Email): string[] {
  const named = ['x-original-to', 'delivered-to', 'envelope-to', 'to'];
  return headers.filter(({ key }) => named.includes(key)).map(({ value }) => value.slice(0, 1_000));
}
