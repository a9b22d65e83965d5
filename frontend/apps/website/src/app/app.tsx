import { createQueryClient } from '@tt/api-client/query-client';
import { QueryClientProvider } from '@tanstack/react-query';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { routes } from './routes';

const FRESH_MS = 60_000;

export const router = createBrowserRouter(routes);
export const queryClient = createQueryClient(FRESH_MS);

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
