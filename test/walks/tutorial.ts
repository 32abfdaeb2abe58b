import type { StepName } from './steps.ts';

/** One step of a tutorial: what the program does there, and what its reader must find. */
export interface TutorialStep {
  readonly step: StepName;
  /** Where in the tutorial, in its own words or by what stands there. */
  readonly where: string;
  /**
   * Labels as the tutorial shows them, in the order of the page; only apostrophes, quotes, ellipses and non-breaking spaces
   * may be typeset otherwise. What it leaves to other pages is not here.
   */
  readonly labels: readonly string[];
}

export interface Tutorial {
  /** The name of the policy. */
  readonly preset: string;
  /** What the guide made of it is called. */
  readonly name: { readonly fr: string; readonly en: string };
  /** Key of the fictitious person who walks it. */
  readonly person: string;
  /** As typed in «Mon nom», where the tutorial types it in its own way. */
  readonly typedName?: string;
  readonly email: string;
  readonly portable?: string;
  readonly fixe?: string;
  readonly password: string;
  /** A second person, for the steps of another kind of card or another route. */
  readonly other?: string;
  /** Who goes through FranceConnect, when it is not the first person. */
  readonly franceConnect?: string;
  readonly steps: readonly TutorialStep[];
}
