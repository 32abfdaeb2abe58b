/** Closes to a client, or to all, that type codes of no class: each try could be a guess. */
export interface JoinGate {
  isClosed(client: string, now: Date): boolean;
  failed(client: string, now: Date): void;
}

const windowMs = 60_000;
/** A whole class shares one address behind a box: thirty people who mistype once each are no attack. */
const most = { client: 30, all: 120 };

export function openJoinGate(): JoinGate {
  let failures: readonly { readonly client: string; readonly at: number }[] = [];
  return {
    isClosed(client, now) {
      failures = failures.filter(({ at }) => at > now.getTime() - windowMs);
      return (
        failures.length >= most.all || failures.filter((one) => one.client === client).length >= most.client
      );
    },
    failed(client, now) {
      failures = [...failures, { client, at: now.getTime() }];
    },
  };
}
