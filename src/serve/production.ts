import type { Config, Secrets } from '#src/config/config.ts';
import type { Environment } from '#src/serve/environment.ts';
import { listenOn } from '#src/serve/listen.ts';
import { systemClock } from '#src/time/clock.ts';

/** The environment in production: configured servers, the clock of this machine, a database migrated by its owner. */
export function productionEnvironment(
  { web }: Pick<Config, 'web'>,
  { smtpUrl, secondSmtpUrl, sms, franceConnect }: Secrets,
): Environment {
  const publicHost = new URL(web.publicUrl).host;
  return {
    clock: systemClock,
    transports: {
      smtpUrl: smtpUrl?.reveal() ?? null,
      secondSmtpUrl: secondSmtpUrl?.reveal() ?? null,
      sms: sms?.reveal() ?? null,
    },
    identityProvider: franceConnect,
    unnamedShare: 1,
    lateMs: 200,
    deliversAlone: false,
    isOurHost: (host) => host === publicHost,
    prepare: async () => {},
    alsoOpen: [],
    hints: null,
    registerPages: () => {},
    reach: async (app) => {
      await listenOn(app, web);
      return web.publicUrl;
    },
    startWork: () => {},
    close: async () => {},
  };
}
