import { writeTexts } from '#src/account/messages/texts.ts';
import type { KeptDocument } from '#src/archive/document.ts';
import { formatFileSize } from '#src/texts/file-size.ts';
import type { Voice } from '#src/texts/language.ts';

/** The type and the size of a file in words: «PDF, 1,2 Mo». */
export function typeAndSize({ type, bytes }: Pick<KeptDocument, 'type' | 'bytes'>, voice: Voice): string {
  return `${writeTexts[voice].types[type]}, ${formatFileSize(bytes, voice)}`;
}
