import { describe, expect, it } from 'vitest';
import { enrolState } from './enrol-state';

const enrollment = (status: string) => ({
  id: 'e1',
  course_id: 'c1',
  status,
  enrolled_at: '2026-01-01T00:00:00Z',
  completed_at: null,
});

describe('enrolState', () => {
  it.each([
    ['open', null, 'free'],
    ['paid', null, 'paid'],
    ['closed', null, 'closed'],
    ['invite', null, 'closed'],
    ['paid', enrollment('active'), 'enrolled'],
    ['closed', enrollment('active'), 'enrolled'],
    ['open', enrollment('withdrawn'), 'free'],
  ] as const)('%s with %j → %s', (enrollment_mode, my_enrollment, expected) => {
    expect(enrolState({ enrollment_mode, my_enrollment })).toBe(expected);
  });
});
