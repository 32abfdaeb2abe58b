import type { Fault } from '#src/exercise/class-event.ts';
import type { SheetPage } from '#src/workshop/papers/steps/pages.ts';

/** What to do; `label` is what the page writes on the button or beside the field. */
type Instruction = string | ((label: string) => string);

export interface PageText {
  readonly title: string;
  /** What to know before. */
  readonly see?: string;
  /** By the names of the marks of the page. */
  readonly does: Readonly<Record<string, Instruction>>;
}

export interface StepTexts {
  readonly title: string;
  readonly lead: string;
  readonly numbered: (number: number, title: string) => string;
  readonly picture: (heading: string, marks: string) => string;
  readonly mark: (number: number, label: string) => string;
  readonly pages: Readonly<Record<SheetPage, PageText>>;
  /** What happens to a learner, without saying what is right. */
  readonly faults: Readonly<
    Record<Fault, { readonly title: string; readonly lines: readonly string[] } | null>
  >;
  readonly done: string;
  readonly help: string;
}
