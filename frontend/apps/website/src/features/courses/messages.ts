export const messages = {
  loading: 'Loading courses',
  downTitle: 'The academy is not answering right now',
  downText: 'Courses are back as soon as it is. The rest of this site works as usual.',
  emptyTitle: 'The first courses are being prepared',
  emptyText: 'Subscribe below and we will tell you when they open.',
  retry: 'Try again',
  all: 'All courses in the academy',
  free: 'Free',
  lessons: ['lesson', 'lessons'],
} as const;
