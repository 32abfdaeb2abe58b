import type { Language } from '#src/texts/language.ts';

/** What a letter is made of, in reading order. */
export type LetterPart =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  /** Large, in groups that are easy to type. */
  | { readonly kind: 'code'; readonly groups: readonly string[] }
  /** Numbered, beside a QR code that holds `address` and nothing else. */
  | { readonly kind: 'steps'; readonly steps: readonly Step[]; readonly qr: QrDrawing | null };

export interface Step {
  readonly text: string;
  /** To be typed, below the text: broken after its host where it has to be. */
  readonly address?: string;
}

export interface QrDrawing {
  readonly address: string;
  /** What is drawn, for those who do not see it. */
  readonly alt: string;
}

/** One letter as it is printed. Its only identity is in `to`: what the envelope has to show. */
export interface Letter {
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  readonly sender: readonly string[];
  readonly to: readonly string[];
  readonly date: string;
  readonly parts: readonly LetterPart[];
  /** What a person says on the telephone about this letter. */
  readonly reference: string;
}

export const paragraph = (text: string): LetterPart => ({ kind: 'paragraph', text });
export const heading = (text: string): LetterPart => ({ kind: 'heading', text });
