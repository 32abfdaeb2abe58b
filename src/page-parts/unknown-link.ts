import { ofClient } from '#src/limits/attempt.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { recordAttempt } from '#src/limits/record-attempt.ts';
import { blockedPage, type Way } from '#src/page-parts/blocked-page.ts';
import type { Services } from '#src/services.ts';
import type { Answer, PageRequest } from '#src/web/page.ts';

/**
 * Counts the submitted form of an unknown link as a failure of its client. Returns the blocked page when there were too
 * many, null otherwise. Valid links are never blocked by this, and opening a link counts nothing, because an image on
 * another site can do that. `ways`: what is possible meanwhile.
 */
export async function countUnknownLink(
  services: Pick<Services, 'db' | 'keyring' | 'events' | 'limits' | 'unnamedShare'>,
  request: PageRequest,
  ways: readonly Way[] = [],
): Promise<Answer | null> {
  const { now, sender } = request;
  const client = clientOf(services, sender.ip);
  const counted = ofClient(services.limits.client.link, client, client.key);
  const tried = await recordAttempt(services, now, false, counted, null);
  return tried.kind === 'blocked' ? blockedPage(request, tried.until, ways) : null;
}
