import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { errorFields } from '#src/log/error-fields.ts';
import { traceRequests } from '#src/traces/trace-requests.ts';
import type { OpenSpan, RemoteParent, SpanAbout, Traces } from '#src/traces/traces.ts';

export interface TracesSettings {
  /** Where spans are posted (OTLP over HTTP). */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of requests that nobody has decided about, so many of a hundred are traced. */
  readonly percent: number;
  readonly version: string;
  readonly role: string;
  /** Hears of the first time that the receiver does not take them, until it does again. */
  readonly onFailure: (error: unknown) => void;
}

const kinds: Readonly<Record<SpanAbout['kind'], SpanKind>> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
  consumer: SpanKind.CONSUMER,
};
const sendEveryMs = 1_000;
const mostMs = 5_000;

/** Loaded only where traces are asked for: an installation without them pays nothing. */
export function openTraces(settings: TracesSettings): Traces {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'compte-assure',
      'service.version': settings.version,
      'compte.role': settings.role,
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(settings.percent / 100) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: watchedExporter(settings),
        scheduledDelayMillis: sendEveryMs,
        exportTimeoutMillis: mostMs,
      }),
    ],
  });
  const tracer = provider.getTracer('compte-assure', settings.version);
  const around = new AsyncLocalStorage<Context>();

  function start({ name, kind, attributes }: SpanAbout, parent: Context, startTime?: number) {
    const options = { kind: kinds[kind], attributes, ...(startTime === undefined ? {} : { startTime }) };
    return tracer.startSpan(name, options, parent);
  }
  function opened(span: Span, parent: Context): OpenSpan {
    const own = trace.setSpan(parent, span);
    return {
      run: (work) => around.run(own, work),
      end: ({ attributes = {}, failed }) => {
        span.setAttributes(attributes);
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  function beginWithin(about: SpanAbout): OpenSpan {
    const context = around.getStore() ?? ROOT_CONTEXT;
    return opened(start(about, context), context);
  }

  function begin(about: SpanAbout, parent: RemoteParent | null): OpenSpan {
    const remote = parent && { ...parent, traceFlags: parent.flags, isRemote: true };
    const context = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
    return opened(start(about, context), context);
  }

  return {
    begin,
    watchRequests: (app) => traceRequests(app, { begin }),
    beginWithin,
    async within(about, work) {
      const span = beginWithin(about);
      try {
        const result = await span.run(work);
        span.end({ failed: false });
        return result;
      } catch (error) {
        span.end({ failed: true, attributes: { 'error.type': typeOf(error) } });
        throw error;
      }
    },
    note(about, ms, error) {
      const context = around.getStore();
      if (!context) return;
      const now = performance.timeOrigin + performance.now();
      const failed = error !== null && error !== undefined;
      opened(start(about, context, now - ms), context).end({
        failed,
        attributes: failed ? { 'error.type': typeOf(error) } : {},
      });
    },
    // What is still to be sent may fail; that has been reported.
    close: () => provider.shutdown().catch(() => {}),
  };
}

/** A code, or the name of its class, as in the log: never a message. */
function typeOf(error: unknown): string {
  const { code, name } = errorFields(error) ?? {};
  return String(code ?? name ?? 'unknown');
}

function watchedExporter({ url, headers, onFailure }: TracesSettings): SpanExporter {
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: mostMs });
  let failing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const failed = result.code !== 0;
        if (failed && !failing) onFailure(result.error);
        failing = failed;
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}
