import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { addresses, call, signUp, until, type Person } from '../support/http';
import { inAcademy } from '../support/database';
import { enroll, passQuiz, sampleCourse, sampleSlug, workThrough, type SampleCourse } from '../support/learner';
import { atOnce, scenarios, tally } from '../support/scenario';

const request = (token?: string, slug = sampleSlug) => call('POST', `${addresses().ACADEMY_URL}/api/v1/courses/${slug}/certificate`, { token });
const verify = (code: string) => call('GET', `${addresses().ACADEMY_URL}/api/v1/certificates/${encodeURIComponent(code)}`);

describe('certificates', () => {
  let course: SampleCourse;
  beforeAll(async () => {
    course = await sampleCourse();
  });
  const learnerNamed = async (name: string) => {
    const person = await signUp(name);
    await enroll(person.token, course.id);
    // The name reaches the academy by an event; it is what will be printed.
    await until(async () => (await inAcademy('SELECT 1 FROM academy.learners WHERE user_id = $1 AND display_name = $2', [person.id, name])).length === 1);
    return person;
  };

  describe('refusals', () => {
    let learner: Person;
    let stranger: Person;
    beforeAll(async () => {
      [learner, stranger] = [await signUp(), await signUp()];
      await enroll(learner.token, course.id);
      await workThrough(learner.token, course);
    });
    scenarios([
      ['without a token', () => request(), 401, 'unauthenticated'],
      ['not enrolled', () => request(stranger.token), 403, 'not_enrolled'],
      ['everything but the quiz', () => request(learner.token), 409, 'not_eligible'],
      ['an unknown course', () => request(learner.token, 'nope'), 404, 'course_not_found'],
      ['my certificates without a token', () => call('GET', `${addresses().ACADEMY_URL}/api/v1/me/certificates`), 401, 'unauthenticated'],
      ['an unknown code', () => verify('AAAA-BBBB-CCCC-DDDD'), 404, 'certificate_not_found'],
      ['a code that is none', () => verify('../../etc/passwd'), 400, 'malformed_path'],
      ['its file', () => call('GET', `${addresses().ACADEMY_URL}/api/v1/certificates/AAAA/pdf`), 404, 'certificate_not_found'],
    ]);
  });

  it('comes by itself, exactly once, and can be verified by anyone', async () => {
    const name = 'Zoë Kıvırcık 陳大文';
    const learner = await learnerNamed(name);
    const quiz = await workThrough(learner.token, course);
    const result = await passQuiz(learner.token, quiz);
    expect(result.body).toMatchObject({ passed: true, score_percent: 100 });

    const answers = await atOnce(16, () => request(learner.token));
    expect(Object.keys(tally(answers)).every((status) => status === '200' || status === '201')).toBe(true);
    expect(new Set(answers.map((answer) => answer.body.verification_code)).size).toBe(1);
    const rows = await inAcademy('SELECT * FROM certificates WHERE user_id = $1', [learner.id]);
    expect(rows.length).toBe(1);

    const mine = await call('GET', `${addresses().ACADEMY_URL}/api/v1/me/certificates`, { token: learner.token });
    const code = mine.body.items[0].verification_code;
    const shown = await verify(code);
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({
      certificate_no: rows[0]!.certificate_no,
      verification_code: code,
      recipient_name: name,
      course_title: 'Growth Marketing Foundations',
      grade_percent: 100,
      hours: 1.5,
      status: 'issued',
    });
    expect(shown.text).not.toContain(learner.email);
    expect(shown.text).not.toContain(learner.id);
    // As people type it: small letters, without the dashes.
    expect((await verify(code.toLowerCase().replaceAll('-', ''))).body.certificate_no).toBe(shown.body.certificate_no);

    const pdf = await fetch(`${addresses().ACADEMY_URL}${shown.body.pdf_url}`);
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(shown.body.pdf_sha256);

    const outline = await call('GET', `${addresses().ACADEMY_URL}/api/v1/courses/${sampleSlug}/outline`, { token: learner.token });
    expect(outline.body.progress).toMatchObject({ passed: true, lessons_completed: 9, completion_ppm: 1_000_000, certificate: { verification_code: code } });
    expect(outline.body.progress.completed_at).not.toBeNull();
    await until(async () => (await inAcademy('SELECT completed_at FROM enrollments WHERE user_id = $1', [learner.id]))[0]!.completed_at !== null);
  });

  it('is exactly one where completing races with asking for it', async () => {
    const learner = await learnerNamed('Katherine Johnson');
    const quiz = await workThrough(learner.token, course);
    await Promise.all([passQuiz(learner.token, quiz), ...Array.from({ length: 15 }, () => request(learner.token))]);
    await until(async () => (await request(learner.token)).status === 200);
    expect((await inAcademy('SELECT 1 FROM certificates WHERE user_id = $1', [learner.id])).length).toBe(1);
    expect((await inAcademy(`SELECT 1 FROM academy.certificate_lookup WHERE user_id = $1`, [learner.id])).length).toBe(1);
  });

  it('does not come for a failed quiz', async () => {
    const learner = await learnerNamed('Dorothy Vaughan');
    const quiz = await workThrough(learner.token, course);
    const attempt = await call('POST', `${addresses().ACADEMY_URL}/api/v1/quizzes/${quiz}/attempts`, { token: learner.token });
    await call('POST', `${addresses().ACADEMY_URL}/api/v1/attempts/${attempt.body.id}/submit`, { token: learner.token });
    expect((await request(learner.token)).status).toBe(409);
    expect(await inAcademy('SELECT 1 FROM certificates WHERE user_id = $1', [learner.id])).toEqual([]);
  });

  it('says so when it was revoked', async () => {
    const learner = await learnerNamed('Annie Easley');
    await passQuiz(learner.token, await workThrough(learner.token, course));
    const { body } = await request(learner.token);
    await inAcademy(`UPDATE certificates SET status = 'revoked', revoked_at = now() WHERE user_id = $1`, [learner.id]);
    expect((await verify(body.verification_code)).body.status).toBe('revoked');
    expect((await call('GET', `${addresses().ACADEMY_URL}/api/v1/certificates/${body.verification_code}/pdf`)).status).toBe(410);
  });
});
