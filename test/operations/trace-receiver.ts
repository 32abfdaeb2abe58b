import { createServer } from 'node:http';
import { z } from 'zod';
import type { Closing } from '../setting/database.ts';

const value = z.object({ stringValue: z.string().optional(), intValue: z.number().optional() });
const attributes = z
  .array(z.object({ key: z.string(), value }))
  .transform((list) => new Map(list.map((one) => [one.key, one.value.stringValue ?? one.value.intValue])));
const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().default(''),
  name: z.string(),
  kind: z.number(),
  attributes,
  events: z.array(z.unknown()).default([]),
  status: z.object({ code: z.number().default(0), message: z.string().optional() }),
});
const posted = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })),
    }),
  ),
});

export type ReceivedSpan = z.infer<typeof spanSchema> & { readonly role: string };

/** A receiver of OTLP over HTTP on this machine. */
export interface TraceReceiver {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Everything that came, as it came: headers and bodies. */
  readonly raw: readonly string[];
}

export async function openTraceReceiver(t: Closing, status = 200): Promise<TraceReceiver> {
  const spans: ReceivedSpan[] = [];
  const raw: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      raw.push(JSON.stringify(request.headers), body);
      for (const { resource, scopeSpans } of posted.parse(JSON.parse(body)).resourceSpans)
        for (const scope of scopeSpans)
          for (const span of scope.spans)
            spans.push({ ...span, role: String(resource.attributes.get('compte.role')) });
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  t.after(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/v1/traces`, spans, raw };
}
