import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { describe, expect, it } from 'vitest';
import { PageShell } from './page-shell';

function renderShell() {
  const shell = (text: string) => (
    <PageShell navigation={[{ label: 'Blog', to: '/blog' }]} account={<button type="button">Sign in</button>} footer={<footer>foot</footer>}>
      <h1>{text}</h1>
    </PageShell>
  );
  const routes = [{ path: '/', element: shell('Home') }, { path: '/blog', element: shell('Blog page') }];
  render(<RouterProvider router={createMemoryRouter(routes)} />);
  return userEvent.setup();
}

describe('the page shell', () => {
  it('starts with a skip link to the content', async () => {
    const user = renderShell();
    await user.tab();
    const skip = screen.getByRole('link', { name: 'Skip to content' });
    expect(skip).toHaveFocus();
    expect(document.querySelector(skip.getAttribute('href') ?? '')).toBe(screen.getByRole('main'));
  });

  it('opens the small menu and closes it with Escape and by going somewhere', async () => {
    const user = renderShell();
    await user.click(screen.getByRole('button', { name: 'Menu' }));
    expect(screen.getByRole('button', { name: 'Close menu' })).toHaveAttribute('aria-expanded', 'true');
    await user.keyboard('{Escape}');
    expect(screen.getByRole('button', { name: 'Menu' })).toHaveAttribute('aria-expanded', 'false');

    await user.click(screen.getByRole('button', { name: 'Menu' }));
    const small = document.getElementById('mobile-menu');
    await user.click(within(small as HTMLElement).getByRole('link', { name: 'Blog' }));
    expect(await screen.findByRole('heading', { name: 'Blog page' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Menu' })).toHaveAttribute('aria-expanded', 'false');
  });

  it('switches the theme and remembers it for both sites', async () => {
    const user = renderShell();
    await user.click(screen.getByRole('button', { name: 'Switch to dark theme' }));
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(document.cookie).toContain('tt_theme=dark');
    await user.click(screen.getByRole('button', { name: 'Switch to light theme' }));
    expect(document.documentElement.dataset['theme']).toBe('light');
  });
});
