import type { FastifyInstance } from 'fastify';

/** Listens on the port, 0 for any; answers it. */
export async function listenOn(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  await app.listen({ host, port });
  const [address] = app.addresses();
  if (typeof address !== 'object') throw new Error('The service listens on a port');
  return address.port;
}
