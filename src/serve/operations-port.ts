import type { Config } from '#src/config/config.ts';
import { alarmsOf } from '#src/limits/rules.ts';
import type { Log } from '#src/log/log.ts';
import type { Health } from '#src/operations/health.ts';
import { openOperationsListener } from '#src/operations/listener.ts';
import { programVersion } from '#src/operations/version.ts';
import type { Closers } from '#src/serve/closers.ts';
import type { Foundations } from '#src/serve/foundations.ts';

/** The metrics of every process, whatever its role. */
export function watchProcess(
  { services, metrics }: Foundations,
  { role, log }: { readonly role: string; readonly log: Log },
): void {
  metrics.watchBuild({ version: programVersion(), role });
  metrics.watchLane(() => services.passwords.stats());
  metrics.watchLog(() => log.lost());
  metrics.expectSpreads(alarmsOf(services.limits));
}

/** Opens the operations port, unless it is off. */
export async function listenForOperations(
  { services, metrics }: Foundations,
  { config, health, closers }: { config: Pick<Config, 'metrics'>; health: Health; closers: Closers },
): Promise<void> {
  if (config.metrics === null) return;
  const listener = await openOperationsListener(config.metrics, {
    health,
    metrics,
    onError: (error) => services.events.failed('backgroundFailed', { job: 'listener' }, error),
  });
  closers.operations = () => listener.close();
}
