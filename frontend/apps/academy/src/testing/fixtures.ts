import type { CourseCard, OutlineLesson } from '@tt/api-client/course-schemas';

/** Bodies as the API sends them, for tests. */
export const ids = {
  course: '0190a3b2-0000-7000-8000-000000000001',
  lesson: '0190a3b2-0000-7000-8000-000000000011',
  nextLesson: '0190a3b2-0000-7000-8000-000000000012',
  block: '0190a3b2-0000-7000-8000-000000000021',
  quiz: '0190a3b2-0000-7000-8000-000000000031',
  attempt: '0190a3b2-0000-7000-8000-000000000041',
  user: '0190a3b2-0000-7000-8000-000000000051',
};

export const courseCard: CourseCard = {
  id: ids.course,
  slug: 'growth',
  title: 'Growth Foundations',
  subtitle: 'One number, one funnel, one test.',
  language: 'en',
  level: 'beginner',
  duration_seconds: 5400,
  lesson_count: 2,
  quiz_count: 1,
  thumbnail_url: null,
  price: null,
  enrollment_mode: 'open',
};

export const cataloguePage = (items: CourseCard[]) => ({
  items,
  next_cursor: null,
  total: items.length,
  facets: {
    level: [{ value: 'beginner', count: 1 }],
    language: [{ value: 'en', count: 1 }],
    price: [{ value: 'free', count: 1 }],
  },
});

const syllabusLesson = { id: ids.lesson, slug: 'start', title: 'Start here', kind: 'article', est_seconds: 300, is_preview: true, required: true };

export const courseDetail = {
  ...courseCard,
  description_html: '<p>About it.</p>',
  outcomes: ['Read a funnel'],
  pass_percent: 70,
  updated_at: '2026-11-01T00:00:00Z',
  syllabus: [{ id: 'm1', title: 'Direction', lessons: [syllabusLesson], children: [] }],
  my_enrollment: null,
};

export const progress = {
  lessons_required: 2,
  lessons_completed: 0,
  completion_ppm: 0,
  grade_percent: null,
  passed: false,
  completed_at: null,
  last_lesson_id: null,
  certificate: null,
};

const outlineLesson = (change: Partial<OutlineLesson>): OutlineLesson => ({ ...syllabusLesson, is_preview: false, state: 'not_started', ...change });

export const outline = {
  course: { id: ids.course, slug: 'growth', title: 'Growth Foundations' },
  modules: [
    {
      id: 'm1',
      title: 'Direction',
      lessons: [outlineLesson({}), outlineLesson({ id: ids.nextLesson, slug: 'next', title: 'Go on' })],
      children: [],
    },
  ],
  progress,
  resume_lesson_id: ids.lesson,
};

export const lesson = {
  id: ids.lesson,
  slug: 'start',
  title: 'Start here',
  kind: 'article',
  course: outline.course,
  module_title: 'Direction',
  est_seconds: 300,
  is_preview: false,
  required: true,
  completion_rule: 'manual',
  blocks: [
    { id: ids.block, kind: 'html', html: '<p>Read this. Then <a href="next">go on</a>.</p>' },
    { id: 'b2', kind: 'unsupported', unsupported: { reason: 'Polls are not built yet.', source_type: 'poll_question' } },
  ],
  prev_lesson_id: null,
  next_lesson_id: ids.nextLesson,
  progress: { state: 'not_started', position_ms: null, completion_ppm: 0 },
};

export const quizRules = {
  id: ids.quiz,
  title: 'Final quiz',
  mode: 'graded',
  question_count: 3,
  time_limit_seconds: 600,
  max_attempts: 2,
  attempts_used: 0,
  pass_percent: 60,
  open_attempt_id: null,
  best_score_percent: null,
};

const item = (slot: number, type: string, prompt: string, options: string[] = []) => ({
  slot,
  type,
  prompt_html: `<p>${prompt}</p>`,
  options: options.map((html, index) => ({ id: 'abc'[index] ?? 'z', html })),
  points: 1,
  response: null,
  response_seq: 0,
  hints: [],
});

export const attempt = {
  id: ids.attempt,
  quiz_id: ids.quiz,
  attempt_no: 1,
  status: 'in_progress',
  started_at: '2026-11-01T00:00:00Z',
  deadline_at: null as string | null,
  server_time: '2026-11-01T00:00:00Z',
  items: [
    item(1, 'single_choice', 'Which one?', ['Red', 'Green']),
    item(2, 'multiple_choice', 'Which ones?', ['One', 'Two', 'Three']),
    item(3, 'numeric', 'How many?'),
  ],
  max_points: 3,
};

export const attemptResult = {
  ...attempt,
  status: 'graded',
  score_points: 2,
  score_percent: 66.6667,
  passed: true,
  submitted_at: '2026-11-01T00:05:00Z',
  items: attempt.items.map((each, index) => ({
    ...each,
    is_correct: index < 2,
    points_awarded: index < 2 ? 1 : 0,
    explanation_html: index === 0 ? '<p>Because green.</p>' : undefined,
  })),
};
