export const messages = {
  title: 'TrendTactics',
  description:
    'TrendTactics helps small teams grow: a clear plan, hands-on marketing work, and courses that teach your own people to do it.',
  heroStart: 'Growth is a game of moves.',
  heroMarked: 'Play the right one',
  heroEnd: 'next.',
  heroLead:
    'We help small teams see the whole board, choose one move that matters, and learn to make it themselves. No jargon and no hundred-slide decks.',
  takeQuiz: 'Take the growth quiz',
  seeServices: 'See what we do',
  quizFacts: 'About three minutes. No e-mail address needed to see your result.',
  boardLabel: 'A tactics board: a visitor becomes a subscriber, then a customer, then a fan, along one lime arrow past the obstacles.',
  stages: { visitor: 'Visitor', subscriber: 'Subscriber', customer: 'Customer', fan: 'Fan' },
  servicesEyebrow: 'What we do',
  servicesTitle: 'Four plays we know by heart',
  servicesLead: 'Most growth problems are one of these. Which one is yours decides where we start.',
  allServices: 'All services and how we work',
  methodEyebrow: 'How we work',
  methodTitle: 'Scout, sketch, play',
  method: [
    { title: 'Scout', text: 'We read your numbers and talk to five of your customers before we offer an opinion.' },
    { title: 'Sketch', text: 'One page: where you lose people, what we would try first, and how we would both know it worked.' },
    { title: 'Play', text: 'Short rounds of work with your team at the table, so the skill stays when we leave.' },
  ],
  quizEyebrow: 'Growth quiz',
  quizTitle: 'Not sure which play is yours?',
  quizText:
    'Answer a handful of plain questions. You get your growth profile, where you stand on each part of the board, and the course that fits best.',
  quizPoints: ['One question at a time', 'Stops and resumes where you left', 'Result at once, on this site'],
  coursesEyebrow: 'Academy',
  coursesTitle: 'Learn to play it yourself',
  postsEyebrow: 'From the blog',
  postsTitle: 'Notes from the touchline',
  allPosts: 'All posts',
  allCourses: 'All courses',
} as const;

export const services = [
  { key: 'strategy', title: 'Growth strategy', text: 'Find the one number that moves the rest, and a ninety-day plan around it.' },
  { key: 'content', title: 'Content and search', text: 'Pages that answer what people really ask, and get found for it.' },
  { key: 'email', title: 'E-mail that is wanted', text: 'Welcome, nurture and win-back sequences that respect the inbox.' },
  { key: 'measure', title: 'Measurement', text: 'Honest numbers, small experiments, and decisions you can explain.' },
] as const;
