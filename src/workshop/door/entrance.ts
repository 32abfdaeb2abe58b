import type { Access } from '#src/web/access.ts';
import type { Page } from '#src/web/define-page.ts';
import type { Trainer, TrainerAccess } from '#src/workshop/classes/owned.ts';

/** The cookie of a browser in which a trainer has entered. */
export const trainerCookie = 'formateur';

/** How trainers enter: by the code of a laptop’s terminal, or with an account of a permanent site. */
export interface Entrance {
  /** The pages by which they enter and leave, open to everybody, and that of their own passphrase. */
  pages(everybody: Access<null, object>, trainer: TrainerAccess): readonly Page<null>[];
  /** Whose browser that is, by the secret of its cookie; null: nobody’s. */
  trainerOf(secret: string, now: Date): Trainer | null;
  /** They do something: they are not idle. */
  noteUse(secret: string, now: Date): void;
  /** Other sites that its forms lead to. */
  formOrigins(): readonly string[];
}
