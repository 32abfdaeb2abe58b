import { openPdfPress, type PdfPress } from '#src/documents/pdf/press.ts';
import { writePdf } from '#src/documents/pdf/write.ts';
import type { Closing } from './database.ts';

/**
 * A press that writes nothing until it was asked so many times: by then it has decided who waits and who is refused, however
 * long the requests took to come.
 */
export function heldPress(t: Closing, untilAsked: number): PdfPress {
  const allAsked = Promise.withResolvers<void>();
  const thread = {
    write: async (...order: Parameters<typeof writePdf>) => {
      await allAsked.promise;
      return writePdf(...order);
    },
    close: async () => {},
  };
  const press = openPdfPress(() => thread);
  t.after(() => press.close());
  let asked = 0;
  return {
    close: press.close,
    write: (...order) => {
      const writing = press.write(...order);
      asked += 1;
      if (asked === untilAsked) allAsked.resolve();
      return writing;
    },
  };
}
