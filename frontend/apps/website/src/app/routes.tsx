import { accountRoutes, adminRoutes } from '@tt/auth/account-routes';
import { lazyPage as page } from '@tt/ui/lazy-page';
import { LoadingPanel } from '@tt/ui/spinner';
import type { RouteObject } from 'react-router';
import { HomeRoute } from './home-route';
import { SiteShell } from './site-shell';
import { CrashPage, NotFoundPage } from './status-pages';

const blog = () => import('../features/blog/blog-page');
const auth = () => import('../features/account/auth-pages');
const post = () => import('../features/blog/post-page');

const profileExtra = async () => {
  const { ProfileExtra } = await import('./profile-extra');
  return <ProfileExtra />;
};

export const routes: RouteObject[] = [
  {
    Component: SiteShell,
    ErrorBoundary: CrashPage,
    HydrateFallback: () => <LoadingPanel />,
    children: [
      {
        ErrorBoundary: CrashPage,
        children: [
          { index: true, Component: HomeRoute },
          page('about', () => import('../features/about/about-page'), (m) => m.AboutPage),
          page('services', () => import('../features/services/services-page'), (m) => m.ServicesPage),
          page('blog', blog, (m) => m.BlogPage),
          page('blog/tag/:tag', blog, (m) => m.BlogPage),
          page('blog/:slug', post, (m) => m.PostPage),
          page('quiz', () => import('../features/growth-quiz/quiz-page'), (m) => m.QuizPage),
          page('quiz/result/:token', () => import('../features/growth-quiz/result-page'), (m) => m.ResultPage),
          page('newsletter', () => import('../features/newsletter/newsletter-page'), (m) => m.NewsletterPage),
          page('newsletter/confirm', () => import('../features/newsletter/confirm-page'), (m) => m.ConfirmPage),
          page('u/:token', () => import('../features/newsletter/unsubscribe-page'), (m) => m.UnsubscribePage),
          page('contact', () => import('../features/contact/contact-page'), (m) => m.ContactPage),
          page('privacy', () => import('../features/legal/privacy-page'), (m) => m.PrivacyPage),
          page('sign-in', auth, (m) => m.SignInPage),
          page('sign-up', auth, (m) => m.SignUpPage),
          adminRoutes(),
          page('admin/claim', () => import('../features/admin/claim-page'), (m) => m.ClaimPage),
          ...accountRoutes({ home: '/account', profileExtra }),
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
];
