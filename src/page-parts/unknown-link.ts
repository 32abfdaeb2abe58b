import { ofClient } from '#src/limits/attempt.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { recordAttempt } from '#src/limits/record-attempt.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import type { Services } from '#src/services.ts';
import type { Answer, PageRequest } from '#src/web/page.ts';

/**
 * Counts the form of a link that we never sent as a failure of its client; the page that says so when there were too
 * many, null otherwise. A link that we sent is not stopped by them, and looking at one counts nothing: an image on a page
 * of another site can.
 */
export async function countUnknownLink(
  services: Pick<Services, 'db' | 'keyring' | 'events' | 'limits' | 'unnamedShare'>,
  request: PageRequest,
): Promise<Answer | null> {
  const { now, sender } = request;
  const client = clientOf(services, sender.ip);
  const counted = ofClient(services.limits.client.link, client, client.key);
  const tried = await recordAttempt(services, now, false, counted, null);
  return tried.kind === 'blocked' ? blockedPage(request, tried.until) : null;
}
