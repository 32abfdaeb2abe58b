import type { Kysely } from 'kysely';
import type { CaisseReference } from '#src/caisses/reference.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import type { Database } from '#src/database/tables.ts';
import type { PdfPress } from '#src/documents/pdf/press.ts';
import type { JudgeFile, JudgeStored } from '#src/files/judge-file.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import type { LimitRules } from '#src/limits/rules.ts';
import type { OpenIdProvider } from '#src/oidc/provider.ts';
import type { Events, StepOutcome } from '#src/operations/events.ts';
import type { HashLane } from '#src/passwords/lane.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { PivotIdentity } from '#src/register/pivot.ts';
import type { Clock } from '#src/time/clock.ts';

/**
 * What a demo, or a class that learns, adds to every page: trays, and what the invented person whom a visitor plays would
 * type. The key is that of the visitor’s cookie; null without one.
 */
export interface DemoHints {
  readonly kind: 'demo' | 'exercise';
  /** The page from which everything in it is reached. */
  readonly home: string;
  readonly trays: (key: string | null) => Readonly<Record<'email' | 'sms' | 'letter', DemoTray>>;
  /** Where a learner reads why what they have done is right; null: there is nothing they have not read. */
  readonly praise: (key: string | null) => string | null;
  /** The person whom the key names; null for another key. */
  readonly person: (key: string) => DemoRole | null;
  /** The fields of a form that may not be used as typed: they could be somebody’s own. None in a demo. */
  readonly refuses: (
    key: string | null,
    typed: readonly (readonly [name: string, value: string])[],
  ) => readonly RefusedField[];
  /** Called once a page is shown or a form is answered. A demo does nothing with it. */
  readonly note: (key: string | null, seen: PageSeen) => void;
}

/** What a visitor has come to: the address of the route, how it went, and the fields refused. Never what was typed. */
export interface PageSeen {
  readonly route: string;
  readonly outcome: 'seen' | StepOutcome;
  readonly fields: readonly string[];
}

/** A field that holds something that belongs to no invented person of the visitor. */
export interface RefusedField {
  readonly field: string;
  readonly what: 'nir' | 'bank' | 'email' | 'telephone' | 'file';
}

export interface DemoTray {
  readonly path: string;
  /** Messages that nobody has opened yet. */
  readonly unread: number;
}

export interface DemoRole {
  readonly name: string;
  /** The fields of all forms, by name, as this person would fill them. */
  readonly fields: ReadonlyMap<string, string>;
  /** In an exercise: what stands on their papers, to be copied from beside each form. */
  readonly papers?: readonly DemoPaper[];
}

export interface DemoPaper {
  readonly what:
    | 'name'
    | 'usageName'
    | 'givenNames'
    | 'nir'
    | 'serial'
    | 'birth'
    | 'address'
    | 'iban'
    | 'email'
    | 'mobile';
  readonly value: string;
}

/**
 * The services that pages and jobs use, opened once per process (`src/serve/`). A function takes those that it needs
 * (`Pick`).
 */
export interface Services {
  readonly db: Kysely<Database>;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly random: Random;
  readonly policy: Policy;
  readonly limits: LimitRules;
  readonly jobs: Pick<Jobs, 'adding'>;
  readonly passwords: HashLane;
  /** Writes the documents that people ask for. */
  readonly pdf: PdfPress;
  /** Judges files from people and senders. */
  readonly judgeFile: JudgeFile;
  readonly judgeStored: JudgeStored;
  /** The address of the site, without final slash. */
  readonly publicUrl: () => string;
  readonly caisses: CaisseReference;
  readonly events: Events;
  /** Whether the cookies need `Secure`: the public address is https. */
  readonly secure: boolean;
  /** What a demo adds to every page; null outside one. */
  readonly demo: DemoHints | null;
  /**
   * How many times the allowance of one client all requests without a client address share: once. More in the demo,
   * which one person uses from one machine in the roles of many.
   */
  readonly unnamedShare: number;
  /** Null when FranceConnect is not offered. */
  readonly franceConnect: OpenIdProvider<PivotIdentity> | null;
  /**
   * Channels of this installation besides mail: whether an SMS gateway is configured, and whether letters are printed.
   */
  readonly channels: { readonly sms: boolean; readonly letters: boolean };
  /** Whether programs may use the API. */
  readonly offersApi: boolean;
}
