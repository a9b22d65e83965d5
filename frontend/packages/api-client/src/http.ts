import axios, { AxiosError, type AxiosRequestConfig, type InternalAxiosRequestConfig } from 'axios';
import { ApiError, errorFromBody } from './api-error';
import { z, type Schema } from './schema';

/** Longer than the gateway's own 10 s limit, so that its answer arrives rather than our time-out. */
const REQUEST_TIMEOUT_MS = 15_000;

/** What the client needs to know of a session; packages/auth connects the real one. */
export interface SessionPort {
  accessToken(): string | null;
  /** Gets a new access token, at most one exchange at a time; null when the session is over. */
  refresh(rejectedToken: string): Promise<string | null>;
}

export interface RequestConfig extends AxiosRequestConfig {
  /** Public calls send no token, so they keep working with a broken session. */
  anonymous?: boolean;
  /** Sent as Idempotency-Key: the same key twice has one effect. */
  idempotencyKey?: string;
}

interface SentConfig extends InternalAxiosRequestConfig {
  anonymous?: boolean;
  idempotencyKey?: string;
  sentToken?: string;
  retried?: boolean;
}

let session: SessionPort | null = null;

export function connectSession(port: SessionPort | null): void {
  session = port;
}

export function newId(): string {
  return crypto.randomUUID();
}

export const http = axios.create({
  timeout: REQUEST_TIMEOUT_MS,
  headers: { Accept: 'application/json' },
});

http.interceptors.request.use((config: SentConfig) => {
  config.headers.set('X-Request-Id', newId());
  if (config.idempotencyKey) config.headers.set('Idempotency-Key', config.idempotencyKey);
  const token = config.anonymous ? null : (session?.accessToken() ?? null);
  if (token) {
    config.sentToken = token;
    config.headers.set('Authorization', `Bearer ${token}`);
  }
  return config;
});

http.interceptors.response.use(undefined, async (error: unknown) => {
  if (!(error instanceof AxiosError)) throw error;
  const config = error.config as SentConfig | undefined;
  const mayRefresh = isStaleToken(error) && config?.sentToken && !config.retried;
  if (mayRefresh && session) {
    const token = await session.refresh(config.sentToken ?? '');
    if (token) return http.request({ ...config, retried: true } as AxiosRequestConfig);
  }
  throw toApiError(error);
});

/** GoTrue's routes say 403 where ours say 401: the token has expired, or its session is over. */
function isStaleToken({ response }: AxiosError): boolean {
  if (response?.status !== 403) return response?.status === 401;
  return ['bad_jwt', 'session_not_found'].includes(errorFromBody(403, response.data).code);
}

function toApiError(error: AxiosError): unknown {
  if (error.code === AxiosError.ERR_CANCELED) return error;
  if (error.response) {
    const retryAfter = error.response.headers['retry-after'] as string | undefined;
    return errorFromBody(error.response.status, error.response.data, retryAfter);
  }
  const timedOut = error.code === AxiosError.ECONNABORTED || error.code === AxiosError.ETIMEDOUT;
  return new ApiError({ kind: timedOut ? 'timeout' : 'network', message: error.message });
}

/** Sends one request and parses the answer; an answer of another shape is an error here and never deeper in the app. */
export async function request<S extends Schema>(schema: S, config: RequestConfig): Promise<z.infer<S>> {
  const { data, status } = await http.request<unknown>(config);
  return parseAnswer(schema, data, status);
}

/** As request(), for endpoints where the status itself says something (201 new, 200 the one there was). */
export async function requestWithStatus<S extends Schema>(
  schema: S,
  config: RequestConfig,
): Promise<{ status: number; data: z.infer<S> }> {
  const { data, status } = await http.request<unknown>(config);
  return { status, data: parseAnswer(schema, data, status) };
}

function parseAnswer<S extends Schema>(schema: S, data: unknown, status: number): z.infer<S> {
  const parsed = z.safeParse(schema, data);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new ApiError({ kind: 'contract', status, message: where });
}

/** One path segment from outside: a slug with a slash must not become another route. */
export const segment = (value: string): string => encodeURIComponent(value);
