import { z } from './schema';

const FieldProblem = z.object({ pointer: z.string(), detail: z.string() });
export type FieldProblem = z.infer<typeof FieldProblem>;

const ProblemDocument = z.object({
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
  code: z.optional(z.union([z.string(), z.number()])),
  request_id: z.optional(z.string()),
  errors: z.optional(z.array(FieldProblem)),
  // GoTrue's spellings, new and legacy.
  message: z.optional(z.string()),
  msg: z.optional(z.string()),
  error_code: z.optional(z.string()),
  weak_password: z.optional(z.object({ reasons: z._default(z.array(z.string()), []) })),
});

/** network: no answer; timeout: no answer in time; http: the server said no; contract: an answer we cannot read. */
export type ApiErrorKind = 'network' | 'timeout' | 'http' | 'contract';

export interface ApiErrorDetails {
  kind: ApiErrorKind;
  status?: number;
  code?: string;
  message: string;
  fields?: FieldProblem[];
  /** Why a password was refused, one word each. */
  reasons?: string[];
  requestId?: string | undefined;
  retryAfterSeconds?: number | undefined;
}

/** Every failure of the API client. Branch on `code`, show `describeError(error)`. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  readonly status: number;
  readonly code: string;
  readonly fields: FieldProblem[];
  readonly reasons: string[];
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(details: ApiErrorDetails) {
    super(details.message);
    this.name = 'ApiError';
    this.kind = details.kind;
    this.status = details.status ?? 0;
    this.code = details.code ?? details.kind;
    this.fields = details.fields ?? [];
    this.reasons = details.reasons ?? [];
    this.requestId = details.requestId;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  /** True when sending the same request again may help: the outcome says nothing about the request itself. */
  get isTransient(): boolean {
    return this.kind === 'network' || this.kind === 'timeout' || this.status === 429 || this.status >= 500;
  }
}

export function isApiError(error: unknown, code?: string): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.code === code);
}

/** Reads an RFC 9457 problem document or a GoTrue error body; anything else becomes `http_<status>`. */
export function errorFromBody(status: number, body: unknown, retryAfter?: string): ApiError {
  const parsed = ProblemDocument.safeParse(body);
  const problem = parsed.success ? parsed.data : {};
  const code = problem.error_code ?? (typeof problem.code === 'string' ? problem.code : `http_${String(status)}`);
  const seconds = Number(retryAfter);
  return new ApiError({
    kind: 'http',
    status,
    code,
    message: problem.detail ?? problem.message ?? problem.msg ?? problem.title ?? `HTTP ${String(status)}`,
    fields: problem.errors ?? [],
    reasons: problem.weak_password?.reasons ?? [],
    requestId: problem.request_id,
    retryAfterSeconds: retryAfter && Number.isFinite(seconds) ? seconds : undefined,
  });
}
