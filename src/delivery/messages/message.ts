import type { Block } from '#src/documents/block.ts';
import type { Policy } from '#src/policy/schema.ts';

export interface Message {
  readonly subject: string;
  readonly blocks: readonly Block[];
}

/** What a mail may say besides the content of its notice: nothing about the person. */
export interface MessageContext {
  readonly serviceName: string;
  readonly telephone: string;
  /** «mot de passe» or the older «code personnel». */
  readonly passwordWord: Policy['password']['word'];
  /** How the mail that confirms an address is worded; `confirm` by default. */
  readonly activationMail?: Policy['wording']['activationMail'];
  /** Address of the service without final slash: every link starts with it. */
  readonly publicUrl: string;
  /** Name that the mail comes from. */
  readonly senderName: string;
  /** The recipient's provider drops mails that hold the word «confirm»: another word stands for it. */
  readonly withoutConfirm?: boolean;
  /** When what the mail reports happened. */
  readonly happenedAt: Date;
}
