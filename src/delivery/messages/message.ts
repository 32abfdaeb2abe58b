import type { Block } from '#src/documents/block.ts';
import type { Policy } from '#src/policy/schema.ts';

export interface Message {
  readonly subject: string;
  readonly blocks: readonly Block[];
}

/** What a mail may contain besides its notice: nothing about the person. */
export interface MessageContext {
  readonly serviceName: string;
  readonly telephone: string;
  /** «mot de passe» or the older «code personnel». */
  readonly passwordWord: Policy['password']['word'];
  /** Wording of the activation mail; `confirm` by default. */
  readonly activationMail?: Policy['wording']['activationMail'];
  /** Base of every link, without a final slash. */
  readonly publicUrl: string;
  /** Display name of the sender. */
  readonly senderName: string;
  /** The recipient's provider drops mails that contain the word «confirm»: another word replaces it. */
  readonly withoutConfirm?: boolean;
  /** Nothing in it is true: the subject and the first line say so. */
  readonly isExercise?: boolean;
  /** When the reported event happened. */
  readonly happenedAt: Date;
}
