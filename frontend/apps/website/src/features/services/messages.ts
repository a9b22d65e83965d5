export const messages = {
  title: 'Services',
  eyebrow: 'Services',
  heading: 'Pick the play, not the package',
  description: 'Growth strategy, content and search, e-mail that is wanted, and measurement: what we do, what you get, and when it fits.',
  lead: 'Four kinds of work. Each starts small, has an end, and leaves you with something you own.',
  fits: 'Fits when',
  youGet: 'You get',
  contact: 'Ask about this',
  processTitle: 'How an engagement runs',
  process: [
    { title: 'A first talk, free of charge', text: 'Half an hour. We ask more than we answer, and tell you honestly whether we are the right people.' },
    { title: 'Two weeks of scouting', text: 'Your numbers, your customers, your funnel. It ends with the one-page plan, which is yours whatever comes next.' },
    { title: 'Rounds of four weeks', text: 'One move at a time, with your team. After each round you decide: go on, change course, or stop.' },
  ],
  ctaTitle: 'Tell us where you are stuck',
  cta: 'Write to us',
} as const;

export const services = [
  {
    key: 'strategy',
    title: 'Growth strategy',
    fits: 'You do many things and cannot tell which of them works.',
    result: ['The one number to watch, and why', 'A map of where people drop off', 'A ninety-day plan on one page'],
  },
  {
    key: 'content',
    title: 'Content and search',
    fits: 'People look for what you offer and find somebody else.',
    result: ['The questions your buyers ask, ranked', 'Pages written with you, not for a robot', 'An editorial routine your team can keep'],
  },
  {
    key: 'email',
    title: 'E-mail that is wanted',
    fits: 'You have addresses, but no conversation.',
    result: ['Welcome, nurture and win-back sequences', 'Clean consent and one-click unsubscribe', 'Templates your team can edit'],
  },
  {
    key: 'measure',
    title: 'Measurement',
    fits: 'Every report says something else.',
    result: ['Definitions everybody signs', 'A small dashboard instead of a big one', 'Your first three honest experiments'],
  },
] as const;
