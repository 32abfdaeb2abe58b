import { join } from 'node:path';
import type { AtelierSite } from '#src/config/atelier/site.ts';
import type { Config, Secrets } from '#src/config/config.ts';
import { systemRandom } from '#src/crypto/random.ts';
import type { Log } from '#src/log/log.ts';
import { openHashLane } from '#src/passwords/lane.ts';
import type { Threads } from '#src/serve/threads.ts';
import { systemClock } from '#src/time/clock.ts';
import type { WebContext } from '#src/web/site.ts';
import { accountsEntrance } from '#src/workshop/accounts/entrance.ts';
import { openTrainerStore, trainersFile } from '#src/workshop/accounts/store.ts';
import type { Classes } from '#src/workshop/classes/classes.ts';
import { readDoor, writeDoor } from '#src/workshop/door/door-file.ts';
import type { Entrance } from '#src/workshop/door/entrance.ts';
import { openTrainerDoor } from '#src/workshop/door/pin.ts';
import { pinEntrance } from '#src/workshop/door/pin-entrance.ts';
import type { TemplatesOfAll } from '#src/workshop/templates/templates.ts';

export interface OpenedEntrance {
  readonly entrance: Entrance;
  /** What the terminal shows; null where each trainer has an account. */
  readonly pin: string | null;
  /** Ends what is over, and erases the classes and templates of trainers who are gone. */
  tidy(classes: Pick<Classes, 'list' | 'broken' | 'erase'>, templates: TemplatesOfAll): Promise<void>;
  close(): Promise<void>;
}

/** The entrance of a laptop, whose code is in `folder`. */
export function openPinEntrance(folder: string): OpenedEntrance {
  const file = join(folder, 'formateur.json');
  const door = openTrainerDoor({
    random: systemRandom,
    now: systemClock.now(),
    memory: readDoor(file),
    remember: (memory) => writeDoor(file, memory),
  });
  return { entrance: pinEntrance(door), pin: door.pin, tidy: async () => {}, close: async () => {} };
}

export interface SiteEntranceOptions {
  readonly folder: string;
  readonly site: AtelierSite;
  readonly hash: Config['hash'];
  readonly peppers: Secrets['peppers'];
  readonly keyring: WebContext['keyring'];
  readonly threads: Pick<Threads, 'hashes'>;
  readonly log: Log;
}

/** The entrance of a permanent site, whose accounts are in `folder`. */
export function openSiteEntrance(options: SiteEntranceOptions): OpenedEntrance {
  const { folder, site, hash, peppers, threads, keyring, log } = options;
  const store = openTrainerStore(join(folder, trainersFile));
  const passwords = openHashLane({
    ...hash,
    peppers: peppers.reveal(),
    random: systemRandom,
    queue: threads.hashes,
  });
  const entrance = accountsEntrance({
    store,
    passwords,
    keyring,
    log,
    random: systemRandom,
    clock: systemClock,
    publicUrl: site.publicUrl,
    provider: site.provider,
  });
  return {
    entrance,
    pin: null,
    async tidy(classes, templates) {
      store.tidy(systemClock.now());
      for (const gone of store.removed()) {
        const theirs = [...classes.list(), ...classes.broken()].filter(({ owner }) => owner === gone);
        for (const { id } of theirs) await classes.erase(id);
        templates(gone).eraseAll();
        store.forgetRemoved(gone);
      }
    },
    close: async () => {
      await passwords.close();
      store.close();
    },
  };
}
