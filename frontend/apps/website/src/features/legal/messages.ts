export const messages = {
  title: 'Privacy',
  heading: 'Privacy, in plain words',
  description: 'What TrendTactics stores about you, why, and how to have it removed.',
  lead: 'We store what you give us, for the purpose you gave it, and nothing about where else you go.',
  sections: [
    {
      title: 'What this site keeps in your browser',
      text: [
        'Your theme choice (one cookie), your sign-in while you are signed in, and the answers of a growth quiz you have started. All three are needed for what you asked for; none is used to recognise you anywhere else.',
        'We load nothing from other companies: no analytics scripts, no fonts from elsewhere, no embedded trackers.',
      ],
    },
    {
      title: 'What we store when you write to us',
      text: ['Your name, address and message, to answer you. Ask us to delete the conversation and we will.'],
    },
    {
      title: 'Newsletter',
      text: [
        'Your address, and when and how you agreed. You confirm by a link first, so nobody else can sign you up. Every issue has a one-click way out. We do not track who opens what.',
      ],
    },
    {
      title: 'Growth quiz',
      text: [
        'Your answers are stored under a random token, not your name. They are tied to you only when you give an e-mail address or take the result into your account.',
      ],
    },
    {
      title: 'Account and courses',
      text: [
        'Your name, e-mail address, a protected form of your password, and your progress and certificates. For each device you sign in on: its browser’s name and its network address, until you sign out there, and at most 37 days. A certificate’s verification page shows what is printed on it to anyone who has its code: that is its purpose.',
      ],
    },
    {
      title: 'Your rights',
      text: ['You may see, correct, take with you or delete what we hold about you. Write to us through the contact form; a person reads it.'],
    },
  ],
  contact: 'Contact form',
} as const;
