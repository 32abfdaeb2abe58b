import { z } from 'zod';

/** The one field of the terms of use; a refusal is an answer too. */
export const termsSchema = z.object({
  accord: z
    .boolean({ error: ({ input }) => (input === undefined ? 'empty' : 'not-boolean') })
    .meta({ examples: [true] }),
});
