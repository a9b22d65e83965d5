import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderPage } from '@tt/auth/testing/render';
import { fakeBackend } from '@tt/auth/testing/server';
import { FeaturedCourses } from './featured-courses';

const course = {
  id: 'c1',
  slug: 'growth-basics',
  title: 'Growth, move by move',
  subtitle: null,
  language: 'en',
  level: 'beginner',
  duration_seconds: 5400,
  lesson_count: 9,
  quiz_count: 2,
  thumbnail_url: null,
  price: null,
  enrollment_mode: 'open',
};
const catalogue = (items: unknown[]) => HttpResponse.json({ items, next_cursor: null, total: items.length, facets: {} });
const server = fakeBackend(http.get('http://academy.test/api/v1/courses', () => catalogue([course])));

describe('featured courses', () => {
  it('come from the academy and lead there', async () => {
    renderPage(<FeaturedCourses />);
    const link = await screen.findByRole('link', { name: 'Growth, move by move' });
    expect(link).toHaveAttribute('href', 'http://academy.test/courses/growth-basics');
    expect(screen.getByText('1 h 30 min')).toBeVisible();
    expect(screen.getByText('Free')).toBeVisible();
  });

  it('say so when the academy is down', async () => {
    server.use(http.get('http://academy.test/api/v1/courses', () => HttpResponse.error()));
    renderPage(<FeaturedCourses />);
    expect(await screen.findByText('The academy is not answering right now', undefined, { timeout: 4000 })).toBeVisible();
  });

  it('say so when there are none', async () => {
    server.use(http.get('http://academy.test/api/v1/courses', () => catalogue([])));
    renderPage(<FeaturedCourses />);
    expect(await screen.findByText('The first courses are being prepared')).toBeVisible();
  });
});
