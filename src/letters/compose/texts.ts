import type { Block, QrCode } from '#src/documents/block.ts';
import type { LetterNotice, NoticeContent } from '#src/notices/notice.ts';
import type { Policy } from '#src/policy/schema.ts';
import { groupCode } from '#src/texts/written-code.ts';

/** What a letter may say besides the content of its notice: nothing about the person. */
export interface LetterContext {
  /** Public name of the account: «compte ameli». */
  readonly serviceName: string;
  /** Of the caisse, or of the service where no caisse is known. */
  readonly telephone: string;
  readonly askedWith: Policy['codes']['askedWith'];
  /** Address of the service without final slash. A letter names two pages: where a code is typed, and where an account is blocked. */
  readonly publicUrl: string;
  /** Of the notice. */
  readonly createdAt: Date;
}

/** What is said, between the greeting and the reference. */
export interface LetterBody {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Everything that letters say in one language. */
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
  /** The letter to the operator that travels with a batch. */
  readonly canary: (batch: number, context: Pick<LetterContext, 'publicUrl'>) => LetterBody;
}

export function codeToType(code: string): Block {
  return { kind: 'code', code: groupCode(code) };
}

/** The address of a page as somebody types it: a browser adds https by itself. */
export function typedAddress(address: string): string {
  return address.replace(/^https:\/\//, '');
}

/** A QR code that opens a page, described by `alt` from the address as it is typed. */
export function qrCodeOf(address: string, alt: (typed: string) => string): QrCode {
  return { address, alt: alt(typedAddress(address)) };
}
