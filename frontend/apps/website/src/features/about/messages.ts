export const messages = {
  title: 'About us',
  eyebrow: 'Who we are',
  heading: 'A small house for people who would rather understand growth than rent it',
  description: 'TrendTactics is a small growth consultancy and academy. What we believe, how we work, and what we refuse to do.',
  lead: 'TrendTactics is two things under one roof: a consultancy that works beside small teams, and an academy that teaches them to do without us.',
  body: [
    'Most small companies do not need more channels. They need to know where people drop off, one idea worth trying, and the patience to measure it. That is less exciting than a new tool every month, and it works better.',
    'So we draw plays. A play has a start, an obstacle, a move, and a way to tell whether it came off. When it does, we write it down and teach it. When it does not, we write that down, too.',
  ],
  principlesTitle: 'What you can hold us to',
  principles: [
    { title: 'We show our working', text: 'Every recommendation comes with the numbers it rests on and the reasons it could be wrong.' },
    { title: 'We leave skills behind', text: 'Your people sit at the table. The plan, the templates and the accounts are yours.' },
    { title: 'We respect attention', text: 'Double opt-in, one-click unsubscribe, no tracking of visitors across sites. Ours included.' },
    { title: 'We say no', text: 'If your problem is the product, the price or the support, more marketing will not mend it, and we will tell you.' },
  ],
  ctaTitle: 'Start with the board, not with a call',
  ctaText: 'The growth quiz shows where you stand in about three minutes. If you would rather talk, write to us.',
  quiz: 'Take the growth quiz',
  contact: 'Write to us',
} as const;
