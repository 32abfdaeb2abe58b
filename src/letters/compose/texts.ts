import type { OnPaperFor } from '#src/archive/on-paper.ts';
import type { Block, QrCode } from '#src/documents/block.ts';
import type { LetterNotice, NoticeContent } from '#src/notices/notice.ts';
import type { Policy } from '#src/policy/schema.ts';
import { groupCode } from '#src/texts/written-code.ts';

/** What a letter may contain besides its notice: nothing about the person. */
export interface LetterContext {
  /** Public name of the account: «compte ameli». */
  readonly serviceName: string;
  /** Of the caisse, or of the service if the caisse is unknown. */
  readonly telephone: string;
  readonly askedWith: Policy['codes']['askedWith'];
  /** Address of the service without final slash. A letter names two pages: where a code is typed, and where an account is blocked. */
  readonly publicUrl: string;
  /** When the notice was created. */
  readonly createdAt: Date;
  /** The documents that go with it, in the order in which they are put into the envelope; none with most kinds. */
  readonly enclosed: readonly Enclosed[];
}

/** A document that goes with a letter, and why it goes on paper. */
export interface Enclosed {
  readonly title: string;
  readonly depositedAt: Date;
  readonly why: OnPaperFor;
}

/** What a cover says of why its documents go on paper: `one` for one, `many` for several with the same reason. */
export type WhyOnPaper = Readonly<
  Record<
    OnPaperFor,
    { readonly one: (serviceName: string) => string; readonly many: (serviceName: string) => string }
  >
>;

/** The reason that all the documents of a letter share; null where they do not, or there are none. */
export function sharedReason(enclosed: readonly Enclosed[]): OnPaperFor | null {
  const [first, ...others] = new Set(enclosed.map(({ why }) => why));
  return others.length === 0 ? (first ?? null) : null;
}

/** The body of a letter, between the greeting and the reference. */
export interface LetterBody {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** The texts of letters in one language. */
export interface LetterTexts {
  readonly caisse: (name: string) => string;
  readonly telephone: (telephone: string) => string;
  readonly date: (day: string) => string;
  readonly reference: (reference: string) => string;
  readonly hello: string;
  readonly kinds: {
    readonly [Kind in LetterNotice['kind']]: (
      content: NoticeContent[Kind],
      context: LetterContext,
    ) => LetterBody;
  };
  /** The test letter to the operator. */
  readonly canary: (batch: number, context: Pick<LetterContext, 'publicUrl'>) => LetterBody;
}

export function codeToType(code: string): Block {
  return { kind: 'code', code: groupCode(code) };
}

/** The address of a page as people type it: the browser adds https. */
export function typedAddress(address: string): string {
  return address.replace(/^https:\/\//, '');
}

/** A QR code that opens a page, described by `alt` from the address as it is typed. */
export function qrCodeOf(address: string, alt: (typed: string) => string): QrCode {
  return { address, alt: alt(typedAddress(address)) };
}
