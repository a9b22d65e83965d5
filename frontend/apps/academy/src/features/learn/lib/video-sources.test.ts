import { describe, expect, it } from 'vitest';
import { ownSources } from './video-sources';

describe('ownSources', () => {
  it('leaves foreign files out', () => {
    const sources = ['/media/a.mp4', 'https://cdn.example/b.mp4', 'http://here.test/c.mp4'].map((url) => ({ url, type: null }));
    const video = { sources, youtube_id: null, poster_url: null, duration_ms: null, captions: [] };
    expect(ownSources(video, 'http://here.test').map(({ url }) => url)).toEqual(['/media/a.mp4', 'http://here.test/c.mp4']);
  });
});
