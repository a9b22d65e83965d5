const languageNames = new Intl.DisplayNames(['en'], { type: 'language' });

const levels: Record<string, string> = {
  beginner: 'For beginners',
  intermediate: 'Intermediate',
  advanced: 'Advanced',
  all: 'All levels',
};

const kinds: Record<string, string> = {
  article: 'Reading',
  video: 'Video',
  quiz: 'Quiz',
  assignment: 'Assignment',
  live: 'Live',
  external: 'External',
  mixed: 'Lesson',
};

export const messages = {
  loading: 'Loading the course…',
  errorTitle: 'The course could not be loaded',
  breadcrumb: 'Courses',
  enrolment: 'Enrolment',
  outcomes: 'What you will be able to do',
  about: 'About this course',
  syllabus: 'What is inside',
  syllabusTotal: (lessons: string, duration: string | null) => (duration ? `${lessons}, ${duration} in all` : lessons),
  lessons: (count: number) => (count === 1 ? '1 lesson' : `${String(count)} lessons`),
  quizzes: (count: number) => (count === 1 ? '1 quiz' : `${String(count)} quizzes`),
  preview: 'Preview',
  previewOf: (title: string) => `Preview: ${title}`,
  optional: 'optional',
  level: (value: string) => levels[value] ?? value,
  kind: (value: string) => kinds[value] ?? 'Lesson',
  language: (value: string) => {
    try {
      return languageNames.of(value) ?? value;
    } catch {
      return value;
    }
  },
  free: 'Free',
  enrol: 'Enrol for free',
  enrolling: 'Enrolling…',
  signInToEnrol: 'Sign in and enrol',
  signInHint: 'You come straight back here and are enrolled.',
  continue: 'Continue learning',
  enrolled: 'You are enrolled in this course.',
  completed: 'You have completed this course.',
  paidTitle: 'This course has a price',
  paidText: 'It cannot be joined for free, and paying online is not open yet. The preview lessons are yours to watch.',
  closedTitle: 'Enrolment is closed',
  closedText: 'This course takes no new learners at the moment. If you are enrolled already, you keep your access.',
  failedTitle: 'You are not enrolled yet',
  certificate: (percent: number) => `Certificate from ${String(Math.round(percent))} % on`,
  certificateAny: 'Certificate on completion',
  updated: (date: string) => `Updated ${date}`,
  selfPaced: 'At your own pace',
} as const;
