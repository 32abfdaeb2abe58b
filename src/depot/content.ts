import { hash } from 'node:crypto';
import type { DepositItem } from '#src/depot/item.ts';

/**
 * All that a deposit says, in one form for equal contents: parsed fields in the order of their schema, files by their
 * hash.
 */
export function contentOf(item: DepositItem): string {
  switch (item.kind) {
    case 'payment':
      return JSON.stringify(item.payment);
    case 'rights':
      return JSON.stringify(item.rights);
    case 'document':
      return JSON.stringify({ ...item.document, file: sha256Of(item.document.file) });
    case 'message': {
      const attachments = item.message.attachments.map(({ title, file }) => ({
        title,
        file: sha256Of(file),
      }));
      return JSON.stringify({ ...item.message, attachments });
    }
  }
}

/** In hexadecimal. */
export function sha256Of(bytes: Buffer): string {
  return hash('sha256', bytes);
}
