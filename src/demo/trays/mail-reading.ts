import PostalMime, { type Address } from 'postal-mime';

/** A mail of the tray, as programs get it. */
export interface TrayMail {
  readonly id: string;
  readonly date: string;
  readonly de: string;
  readonly a: string;
  readonly sujet: string;
  readonly texte: string;
  readonly html: string;
  /** Addresses found in the text, once each, in their order. */
  readonly liens: readonly string[];
  /** The code that stands alone on a line of the text. */
  readonly code: string | null;
}

/** Reads a message as it went over the wire. */
export async function readMail(id: string, raw: Uint8Array): Promise<TrayMail> {
  const mail = await PostalMime.parse(raw);
  const texte = mail.text ?? '';
  return {
    id,
    date: mail.date ?? '',
    de: named(mail.from),
    a: (mail.to ?? []).map(({ address }) => address ?? '').join(', '),
    sujet: mail.subject ?? '',
    texte,
    html: mail.html ?? '',
    liens: [...new Set(texte.match(/https?:\/\/[^\s<>"]+/g))],
    code: /^[ \t]*(\d{6,10})[ \t]*$/m.exec(texte)?.[1] ?? null,
  };
}

function named(sender: Address | undefined): string {
  if (!sender) return '';
  return sender.name ? `${sender.name} <${sender.address ?? ''}>` : (sender.address ?? '');
}
