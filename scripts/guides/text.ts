import type { Policy } from '#src/policy/schema.ts';
import type { Pictured } from './marks.ts';

/** An instruction; `label` is what the page writes on the button or beside the field that it is about. */
type Instruction = string | ((label: string) => string);

export interface StepText {
  readonly title: string;
  readonly see?: string;
  /** By the name of what is numbered on the picture (`marks.ts`). */
  readonly does: Readonly<Record<string, Instruction>>;
  /** Steps that only some people take: «Si …». */
  readonly conditions?: readonly string[];
  readonly tip?: string;
}

/** A step without a picture. */
export interface Remark {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The publisher of the guide; a line to write on stands for what is not given. */
export interface Publisher {
  readonly name?: string | undefined;
  /** The picture itself, as a `data:` address. */
  readonly logo?: string | undefined;
  readonly address?: string | undefined;
  readonly contact?: string | undefined;
  /** The address of the service to open. */
  readonly site?: string | undefined;
}

type OfPolicy<T> = (policy: Policy) => T;

export interface GuideTexts {
  readonly lead: string;
  readonly invented: string;
  readonly publisher: string;
  readonly fields: Readonly<Record<'name' | 'address' | 'contact', string>>;
  readonly logo: (name: string) => string;
  readonly toOpen: string;
  readonly toOpenHow: string;
  readonly prepareTitle: string;
  readonly prepare: readonly string[];
  readonly contents: string;
  readonly waysTitle: string;
  readonly ways: readonly string[];
  readonly picture: (heading: string, marks: string) => string;
  readonly mark: (number: number, label: string) => string;
  readonly tip: string;
  readonly way: (number: number, name: string) => string;
  readonly page: string;
  readonly chapters: Readonly<
    Record<'begin' | 'card' | 'franceconnect' | 'code' | 'finish' | 'trouble', Chapter>
  >;
  readonly steps: Readonly<Record<Pictured, OfPolicy<StepText>>>;
  readonly atFranceConnect: Remark;
  readonly withLetter: OfPolicy<Remark>;
  readonly trouble: OfPolicy<readonly Remark[]>;
  readonly askUs: (name: string) => string;
}

interface Chapter {
  readonly title: string;
  readonly lead: string;
}
