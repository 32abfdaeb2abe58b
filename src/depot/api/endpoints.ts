import { depositEndpoints } from '#src/depot/api/deposit-endpoints.ts';
import type { DepotEndpoint } from '#src/depot/api/endpoint.ts';
import { messageEndpoints } from '#src/depot/api/message-endpoints.ts';
import type { Services } from '#src/services.ts';

/** Every endpoint of the sender’s API that needs a token. */
export function depotEndpoints(services: Services): readonly DepotEndpoint[] {
  return [...depositEndpoints(services), ...messageEndpoints(services)];
}
