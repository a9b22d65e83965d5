import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Span {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
}

/** The receiving end of OTLP/HTTP, as an OpenTelemetry collector offers it. */
export class Collector {
  /** Everything that arrived, as sent. */
  received = '';
  readonly spans: Span[] = [];
  private server?: Server;

  async listen(): Promise<void> {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (request.url === '/v1/traces') this.keep(body);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server!.address() as AddressInfo).port}`;
  }

  of(traceId: string): Span[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private keep(body: string): void {
    this.received += body;
    for (const resource of JSON.parse(body).resourceSpans) {
      const service = resource.resource.attributes.find((attribute: any) => attribute.key === 'service.name').value.stringValue;
      for (const scope of resource.scopeSpans) this.spans.push(...scope.spans.map((span: any) => ({ service, ...span })));
    }
  }
}
