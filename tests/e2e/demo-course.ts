import path from 'node:path';

import { inject } from 'vitest';

import { dataFile } from '../support/data';
import { addresses, call } from '../support/http';
import { Instance } from '../support/instance';

/** What the journey needs to know of a course to walk through it. */
export interface CoursePlan {
  slug: string;
  title: string;
  search: string;
  reading: string;
  gradedQuiz: string;
}

export const sampleCourse: CoursePlan = {
  slug: 'growth-marketing-foundations',
  title: 'Growth Marketing Foundations',
  search: 'growth foundations',
  reading: 'choosing-a-north-star',
  gradedQuiz: 'final-quiz',
};

const demoCourse: CoursePlan = {
  slug: 'open-edx-demo-course',
  title: 'Open edX Demo Course',
  search: 'open edx demo',
  reading: 'course-structure',
  gradedQuiz: 'dropdown-problems',
};

/** The real course of the issue, imported once; without its archive on this machine, the course that ships with us. */
export async function courseOfTheJourney(): Promise<CoursePlan> {
  const archive = dataFile('openedx-demo-course.tar.gz');
  if (!archive) {
    console.warn(`openedx-demo-course.tar.gz is not here (TT_DATA_FILES): the journey runs on the sample course instead of the imported one.`);
    return sampleCourse;
  }
  const { status } = await call('GET', `${addresses().ACADEMY_URL}/api/v1/courses/${demoCourse.slug}`);
  if (status === 404) {
    const portBase = Number(process.env.TT_TEST_PORT_BASE ?? 18100);
    await new Instance({ name: path.basename(inject('dataDir')), portBase }).tt('import', archive);
  }
  return demoCourse;
}
