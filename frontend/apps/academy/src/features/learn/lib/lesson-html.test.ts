import { describe, expect, it } from 'vitest';
import { internalPath, prepareLessonHtml } from './lesson-html';

describe('prepareLessonHtml', () => {
  it('loads images late and puts tables into a box that scrolls', () => {
    const html = prepareLessonHtml('<p>Hi <img src="/a.png" alt="A"></p><table><tr><td>1</td></tr></table>');
    expect(html).toContain('<img src="/a.png" alt="A" loading="lazy" decoding="async">');
    expect(html).toContain('<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table>');
  });
  it('names the box after the caption', () => {
    expect(prepareLessonHtml('<table><caption>Costs</caption></table>')).toContain('aria-label="Costs"');
  });
  it('lets the keyboard reach code', () => {
    expect(prepareLessonHtml('<pre>x</pre>')).toBe('<pre tabindex="0">x</pre>');
  });
});

describe('internalPath', () => {
  const link = (attributes: string) => {
    document.body.innerHTML = `<a ${attributes}>x</a>`;
    return document.querySelector('a') as HTMLAnchorElement;
  };
  it.each([
    ['href="/learn/c/lessons/1#part"', '/learn/c/lessons/1#part'],
    ['href="/media/k/file.pdf"', null],
    ['href="https://example.com/learn/x"', null],
    ['href="/courses/x" target="_blank"', null],
    ['href="#part"', null],
    ['href="/courses/x" download', null],
  ])('%s → %s', (attributes, expected) => {
    expect(internalPath(link(attributes), window.location.origin)).toBe(expected);
  });
});
