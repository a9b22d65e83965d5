import type { ProgressEvent } from '@tt/api-client/progress';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { courseDetail, ids, lesson, outline, progress } from '../../testing/fixtures';
import { renderApp, server, signIn } from '../../testing/render-app';

beforeAll(() => { server.listen({ onUnhandledRequest: 'bypass' }); });
afterEach(() => { server.resetHandlers(); });
afterAll(() => { server.close(); });

const path = `/learn/growth/lessons/${ids.lesson}`;
const vtt = 'WEBVTT\n\n00:01.000 --> 00:04.000\nHello there\n\n00:05.000 --> 00:08.000\nSecond line\n';
const videoBlock = {
  id: ids.block,
  kind: 'video',
  video: {
    sources: [{ url: '/media/a.mp4', type: 'video/mp4' }],
    duration_ms: 60_000,
    captions: [{ language: 'en', label: 'English', url: 'http://localhost:3000/media/a.vtt', kind: 'captions' }],
  },
};

/** Answers like the server: a completed lesson stays completed, everything is accepted. */
function serve(change: object = {}, events: ProgressEvent[] = []) {
  server.use(
    http.get('*/api/v1/courses/growth', () => HttpResponse.json(courseDetail)),
    http.get('*/api/v1/courses/growth/outline', () => HttpResponse.json(outline)),
    http.get('*/api/v1/lessons/:id', ({ params }) => HttpResponse.json({ ...lesson, ...change, id: params.id })),
    http.get('*/media/a.vtt', () => HttpResponse.text(vtt)),
    http.post('*/api/v1/progress', async ({ request }) => {
      const batch = ((await request.json()) as { events: ProgressEvent[] }).events;
      events.push(...batch);
      const completed = batch.some((event) => event.verb === 'lesson.completed');
      return HttpResponse.json({
        accepted: batch.map((event) => event.event_id),
        duplicates: [],
        rejected: [],
        lessons: [{ lesson_id: ids.lesson, state: completed ? 'completed' : 'started', completion_ppm: completed ? 1e6 : 0, position_ms: null }],
        courses: [{ ...progress, course_id: ids.course, lessons_completed: completed ? 1 : 0 }],
      });
    }),
  );
}

describe('lesson player', () => {
  it('opens a lesson, reports it and ticks the outline without a reload', async () => {
    signIn();
    const events: ProgressEvent[] = [];
    serve({}, events);
    const { user } = renderApp(path);
    expect(await screen.findByRole('heading', { level: 1, name: 'Start here' })).toBeInTheDocument();
    const nav = await screen.findByRole('navigation', { name: 'Course outline' });
    await waitFor(() => { expect(within(nav).getByRole('link', { name: /Start here\s*, started/ })).toHaveAttribute('aria-current', 'page'); });
    await user.click(screen.getByRole('button', { name: 'Mark as complete' }));
    expect(await within(nav).findByRole('link', { name: /Start here\s*, completed/ })).toBeInTheDocument();
    expect(screen.getByRole('progressbar', { name: 'Course progress' })).toHaveAttribute('aria-valuetext', '1 of 2 lessons');
    expect(events.map((event) => event.verb)).toEqual(['lesson.opened', 'lesson.completed']);
    expect(events[0]).toMatchObject({ course_id: ids.course, lesson_id: ids.lesson });
  });

  it('names what it cannot show, and why', async () => {
    signIn();
    serve();
    renderApp(path);
    expect(await screen.findByText('Polls are not built yet.')).toBeInTheDocument();
    expect(screen.getByText('Kind in the original course: poll_question')).toBeInTheDocument();
  });

  it('goes on to the next lesson and puts the focus on its title', async () => {
    signIn();
    serve();
    const { user, router } = renderApp(path);
    await user.click(await screen.findByRole('link', { name: /^Next/ }));
    await waitFor(() => { expect(router.state.location.pathname).toBe(`/learn/growth/lessons/${ids.nextLesson}`); });
    await waitFor(() => { expect(screen.getByRole('heading', { level: 1 })).toHaveFocus(); });
  });

  it('finds a lesson by the slug that imported texts link to', async () => {
    signIn();
    serve();
    const { router } = renderApp('/learn/growth/lessons/start');
    await waitFor(() => { expect(router.state.location.pathname).toBe(path); });
  });

  it('shows a visitor the preview without outline and without reporting', async () => {
    const events: ProgressEvent[] = [];
    serve({ is_preview: true, progress: null }, events);
    renderApp(path);
    expect(await screen.findByText(/You are looking at a preview/)).toBeInTheDocument();
    expect(screen.queryByRole('navigation', { name: 'Course outline' })).not.toBeInTheDocument();
    expect(events).toEqual([]);
  });

  it('tells who is not enrolled where to enrol', async () => {
    signIn();
    const refused = () => HttpResponse.json({ status: 403, code: 'not_enrolled' }, { status: 403 });
    server.use(http.get('*/api/v1/lessons/:id', refused), http.get('*/api/v1/courses/growth/outline', refused));
    renderApp(path);
    expect(await screen.findByRole('heading', { name: 'This lesson is for enrolled learners' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'See the course' })).toHaveAttribute('href', '/courses/growth');
  });

  it('keeps a completion while offline and sends it when the connection returns', async () => {
    signIn();
    const events: ProgressEvent[] = [];
    serve({}, events);
    const { user } = renderApp(path);
    await screen.findByRole('link', { name: /Start here\s*, started/ });
    server.use(http.post('*/api/v1/progress', () => HttpResponse.error(), { once: true }));
    await user.click(screen.getByRole('button', { name: 'Mark as complete' }));
    await waitFor(() => { expect(screen.getByRole('button', { name: 'Mark as complete' })).toBeDisabled(); });
    fireEvent(window, new Event('online'));
    expect(await screen.findByRole('link', { name: /Start here\s*, completed/ })).toBeInTheDocument();
    expect(events.filter((event) => event.verb === 'lesson.completed')).toHaveLength(1);
  });

  it('plays from a line of the transcript, and searches it', async () => {
    signIn();
    serve({ blocks: [videoBlock], completion_rule: 'video_percent' });
    HTMLMediaElement.prototype.play = function play() {
      this.dispatchEvent(new Event('playing'));
      return Promise.resolve();
    };
    const { user, container } = renderApp(path);
    await user.click(await screen.findByRole('button', { name: /Second line/ }));
    expect(container.querySelector('video')?.currentTime).toBe(5);
    await user.type(screen.getByRole('searchbox', { name: 'Search the transcript' }), 'hello');
    expect(screen.queryByRole('button', { name: /Second line/ })).not.toBeInTheDocument();
    expect(screen.getByText(/completes itself when you have watched/)).toBeInTheDocument();
  });

  it('resumes where the server says, and lets the learner start over', async () => {
    signIn();
    serve({ blocks: [videoBlock], progress: { state: 'started', position_ms: 21_000, completion_ppm: 0 } });
    const { user, container } = renderApp(path);
    expect(await screen.findByText('Continues at 0:21.')).toBeInTheDocument();
    const video = container.querySelector('video') as HTMLVideoElement;
    fireEvent(video, new Event('loadedmetadata'));
    expect(video.currentTime).toBe(21);
    await user.click(screen.getByRole('button', { name: 'Start from the beginning' }));
    expect(video.currentTime).toBe(0);
  });

  it('loads nothing from YouTube before it is asked to', async () => {
    signIn();
    serve({ blocks: [{ id: ids.block, kind: 'video', video: { sources: [], youtube_id: 'abc123', captions: [] } }] });
    const { user, container } = renderApp(path);
    const load = await screen.findByRole('button', { name: 'Load the video from YouTube' });
    expect(container.querySelector('iframe')).toBeNull();
    await user.click(load);
    expect(container.querySelector('iframe')?.src).toContain('https://www.youtube-nocookie.com/embed/abc123');
  });
});
