/** The report of an import, read leniently: a newer importer may count more than this page knows. */
export interface ReportView {
  course: { slug: string; title: string } | null;
  /** One row a kind of thing: what the import did to it. */
  counts: { kind: string; created: number; updated: number; unchanged: number; removed: number }[];
  changed: number;
  contents: { name: string; count: number }[];
  unsupported: { type: string; title: string; path: string; detail: string }[];
  warnings: { path: string; message: string }[];
  unresolved: string[];
  imagesWithoutAlt: string[];
  facts: { key: FactKey; value: number }[];
  durationMs: number | null;
}

export type FactKey = 'scripts' | 'handlers' | 'scriptFiles' | 'links' | 'assets' | 'captions' | 'images';

type Json = Record<string, unknown>;

export function readReport(report: unknown): ReportView | null {
  if (!isObject(report)) return null;
  const counts = readCounts(object(report.counts));
  const course = object(report.course);
  const links = object(report.links);
  const images = object(report.images);
  return {
    course: typeof course.slug === 'string' ? { slug: course.slug, title: text(course.title) } : null,
    counts,
    changed: counts.reduce((sum, row) => sum + row.created + row.updated + row.removed, 0),
    contents: readContents(object(report.yield)),
    unsupported: list(report.unsupported).map((item) => ({
      type: text(item.type),
      title: text(item.title),
      path: text(item.path),
      detail: text(item.detail) || text(item.reason),
    })),
    warnings: list(report.warnings).map((item) => ({ path: text(item.path ?? item.source), message: text(item.message) })),
    unresolved: [...texts(links.unresolved), ...texts(object(report.static_refs).unresolved)],
    imagesWithoutAlt: texts(images.without_alt),
    facts: readFacts(report),
    durationMs: number(report.duration_ms),
  };
}

/** {created: {lessons: 9}, updated: {…}} → one row a kind. */
function readCounts(counts: Json): ReportView['counts'] {
  const [created, updated, unchanged, removed] = ['created', 'updated', 'unchanged', 'removed'].map((key) => object(counts[key]));
  const kinds = new Set([created, updated, unchanged, removed].flatMap((column) => Object.keys(column ?? {})));
  const at = (column: Json | undefined, kind: string) => number(column?.[kind]) ?? 0;
  return [...kinds].map((kind) => ({
    kind,
    created: at(created, kind),
    updated: at(updated, kind),
    unchanged: at(unchanged, kind),
    removed: at(removed, kind),
  }));
}

/** Plain numbers, and one level of groups: {modules: 4, blocks: {html: 12}}. */
function readContents(contents: Json): ReportView['contents'] {
  return Object.entries(contents).flatMap(([name, value]) => {
    const count = number(value);
    if (count !== null) return [{ name, count }];
    return Object.entries(object(value)).map(([kind, each]) => ({ name: `${name}: ${kind}`, count: number(each) ?? 0 }));
  });
}

function readFacts(report: Json): ReportView['facts'] {
  const values: [FactKey, unknown][] = [
    ['scripts', report.scripts_removed],
    ['handlers', report.event_handlers_removed],
    ['scriptFiles', report.html_files_with_scripts],
    ['links', object(report.links).rewritten],
    ['assets', object(report.assets).files],
    ['captions', object(report.captions).tracks],
    ['images', object(report.images).total],
  ];
  return values.flatMap(([key, value]) => {
    const count = number(value);
    return count === null ? [] : [{ key, value: count }];
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function object(value: unknown): Json {
  return isObject(value) ? value : {};
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Lists of strings, or of objects that name a path and what was wrong. */
function texts(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown) =>
    isObject(item) ? [text(item.path ?? item.source), text(item.message ?? item.target)].filter(Boolean).join(': ') : text(item),
  );
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** What went wrong, from a problem document, {reason, message}, or plain text. */
export function errorText(error: unknown): string | null {
  if (typeof error === 'string') return error;
  if (!isObject(error)) return null;
  return text(error.detail) || text(error.message) || text(error.reason) || text(error.code) || null;
}
