const languageNames = new Intl.DisplayNames(['en'], { type: 'language' });

const levels: Record<string, string> = {
  beginner: 'Beginner',
  intermediate: 'Intermediate',
  advanced: 'Advanced',
  all: 'All levels',
};

export const messages = {
  title: 'Courses',
  lead: 'Short, practical courses on growth. Read, watch, try it, prove it.',
  searchLabel: 'Search courses',
  searchPlaceholder: 'What do you want to get better at?',
  search: 'Search',
  filters: 'Filters',
  filtersActive: (count: number) => `Filters (${String(count)})`,
  facet: { level: 'Level', language: 'Language', price: 'Price' },
  any: { level: 'Any level', language: 'Any language', price: 'Any price' },
  price: { free: 'Free', paid: 'Paid' } as Record<string, string>,
  level: (value: string) => levels[value] ?? value,
  language: (value: string) => {
    try {
      return languageNames.of(value) ?? value;
    } catch {
      return value;
    }
  },
  sortLabel: 'Sort by',
  sort: { relevance: 'Best match', newest: 'Newest', title: 'Title A–Z' },
  clear: 'Clear filters',
  resultsLabel: 'Courses found',
  results: (count: number) => (count === 1 ? '1 course' : `${String(count)} courses`),
  resultsFor: (count: number, q: string) => `${count === 1 ? '1 course' : `${String(count)} courses`} for “${q}”`,
  loading: 'Loading courses…',
  more: 'Show more courses',
  emptyTitle: 'No course fits this yet',
  emptyText: 'Try fewer words or clear the filters.',
  noneTitle: 'No courses are published yet',
  noneText: 'As soon as a course is published it appears here.',
  errorTitle: 'The courses could not be loaded',
  free: 'Free',
  closed: 'Closed',
  lessons: (count: number) => (count === 1 ? '1 lesson' : `${String(count)} lessons`),
  quizzes: (count: number) => (count === 1 ? '1 quiz' : `${String(count)} quizzes`),
} as const;
