import type { Policy } from '#src/policy/schema.ts';

/** A piece of a mail. A link or a code is given with the words that stand for it. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string; readonly ifNotWorking: string }
  | { readonly kind: 'code'; readonly code: string };

export interface Message {
  readonly subject: string;
  readonly blocks: readonly Block[];
}

/** What every mail may say beside its own content: nothing about the person. */
export interface MessageContext {
  readonly serviceName: string;
  readonly telephone: string;
  /** «mot de passe» or the older «code personnel». */
  readonly passwordWord: Policy['password']['word'];
  /** How the mail that confirms an address is worded; `confirm` unless told. */
  readonly activationMail?: Policy['wording']['activationMail'];
  /** Address of the service without final slash: every link starts with it. */
  readonly publicUrl: string;
  /** Name that the mail comes from. */
  readonly senderName: string;
  /** The recipient's provider drops mails that hold the word «confirm»: it is said otherwise. */
  readonly withoutConfirm?: boolean;
  /** When what the mail tells happened. */
  readonly at: Date;
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}
