import { accountRoutes, adminRoutes } from '@tt/auth/account-routes';
import { lazyPage as page } from '@tt/ui/lazy-page';
import { LoadingPanel } from '@tt/ui/spinner';
import type { RouteObject } from 'react-router';
import { AcademyShell } from './academy-shell';
import { messages } from './messages';
import { CrashPage, NotFoundPage } from './status-pages';

const verify = () => import('./verify-route');

export const routes: RouteObject[] = [
  {
    Component: AcademyShell,
    ErrorBoundary: CrashPage,
    HydrateFallback: () => <LoadingPanel />,
    children: [
      {
        ErrorBoundary: CrashPage,
        children: [
          { index: true, lazy: async () => ({ Component: (await import('./home-route')).HomeRoute }) },
          page('courses', () => import('./catalogue-route'), (m) => m.CatalogueRoute),
          page('courses/:slug', () => import('./course-route'), (m) => m.CourseRoute),
          page('learn/:slug', () => import('./resume-route'), (m) => m.ResumeRoute),
          page('learn/:slug/lessons/:lesson', () => import('./lesson-route'), (m) => m.LessonRoute),
          page('my-learning', () => import('./my-learning-route'), (m) => m.MyLearningRoute),
          page('certificates', () => import('./certificates-route'), (m) => m.CertificatesRoute),
          page('verify', verify, (m) => m.VerifyFormRoute),
          page('verify/:code', verify, (m) => m.VerifyRoute),
          page('sign-in', () => import('../features/account/account-pages'), (m) => m.SignInPage),
          page('sign-up', () => import('../features/account/account-pages'), (m) => m.SignUpPage),
          ...accountRoutes({ home: '/my-learning' }),
          adminRoutes({
            links: [{ to: '/admin/import', label: messages.importCourse }],
            pages: [page('import', () => import('../features/admin-import/components/import-page'), (m) => m.ImportPage)],
          }),
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
];
