import { QueryClientProvider } from '@tanstack/react-query';
import { createQueryClient } from '@tt/api-client/query-client';
import { session } from '@tt/auth/session';
import { useEffect } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { routes } from './routes';

/** Progress changes arrive through receipts, so a lesson need not be asked for again on every visit. */
const FRESH_MS = 30_000;

const router = createBrowserRouter(routes);
const queryClient = createQueryClient(FRESH_MS);

export function App() {
  useEffect(clearBetweenPeople, []);
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}

/** Nothing of one person may show up for the next one on this device. */
function clearBetweenPeople(): () => void {
  let current = session.user()?.id ?? null;
  return session.subscribe((user) => {
    const next = user?.id ?? null;
    if (next === current) return;
    current = next;
    queryClient.clear();
  });
}
