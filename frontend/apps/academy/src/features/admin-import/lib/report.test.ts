import { describe, expect, it } from 'vitest';
import { errorText, readReport } from './report';

const report = {
  course: { id: 'c', slug: 'demo', title: 'Demo' },
  counts: { created: { lessons: 9, modules: 3 }, updated: { lessons: 1 }, unchanged: {}, removed: { assets: 2 } },
  yield: { modules: 3, blocks: { html: 12, video: 2 } },
  unsupported: [{ type: 'lti', path: 'A › B', title: 'Tool', reason: 'not_built', detail: 'LTI tools are not built yet.' }],
  links: { rewritten: 4, unresolved: ['x.html'] },
  static_refs: { distinct: 5, unresolved: [{ source: 'a.html', message: 'logo.png' }] },
  scripts_removed: 3,
  captions: { tracks: 2, cues: 90 },
  images: { total: 7, without_alt: ['a.html'] },
  warnings: [{ path: 'course.xml', message: 'odd' }],
  duration_ms: 4200,
};

describe('readReport', () => {
  it('turns columns into rows and counts changes', () => {
    const view = readReport(report);
    expect(view?.counts).toEqual([
      { kind: 'lessons', created: 9, updated: 1, unchanged: 0, removed: 0 },
      { kind: 'modules', created: 3, updated: 0, unchanged: 0, removed: 0 },
      { kind: 'assets', created: 0, updated: 0, unchanged: 0, removed: 2 },
    ]);
    expect(view?.changed).toBe(15);
  });

  it('keeps everything that was not imported as it was', () => {
    const view = readReport(report);
    expect(view?.unsupported).toEqual([{ type: 'lti', path: 'A › B', title: 'Tool', detail: 'LTI tools are not built yet.' }]);
    expect(view?.unresolved).toEqual(['x.html', 'a.html: logo.png']);
    expect(view?.warnings).toEqual([{ path: 'course.xml', message: 'odd' }]);
    expect(view?.contents).toContainEqual({ name: 'blocks: html', count: 12 });
    expect(view?.facts).toContainEqual({ key: 'scripts', value: 3 });
  });

  it('reads a report of another shape without falling over', () => {
    expect(readReport({ counts: 7, unsupported: 'x' })).toMatchObject({ counts: [], unsupported: [], changed: 0 });
    expect(readReport(null)).toBeNull();
    expect(readReport('done')).toBeNull();
  });
});

describe('errorText', () => {
  it.each([
    ['plain', 'plain'],
    [{ detail: 'The archive has links.' }, 'The archive has links.'],
    [{ reason: 'archive_bomb' }, 'archive_bomb'],
    [null, null],
  ])('%j → %s', (error, text) => {
    expect(errorText(error)).toBe(text);
  });
});
