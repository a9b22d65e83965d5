import { QueryClientProvider } from '@tanstack/react-query';
import { session } from '@tt/auth/session';
import { useEffect, useState } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { createQueryClient } from './query-client';
import { routes } from './routes';

const router = createBrowserRouter(routes);

export function App() {
  const [queryClient] = useState(createQueryClient);
  // Nothing of one person may show up for the next one on this device.
  useEffect(() => {
    let current = session.user()?.id ?? null;
    return session.subscribe((user) => {
      const next = user?.id ?? null;
      if (next === current) return;
      current = next;
      queryClient.clear();
    });
  }, [queryClient]);
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
