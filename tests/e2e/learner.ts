import { addresses, call, until, type Person } from '../support/http';
import { enroll, passQuiz, progressEvent, report, type ProgressEvent } from '../support/learner';

interface Module {
  lessons: { id: string; slug: string; title: string }[];
  children: Module[];
}

interface Block {
  id: string;
  kind: string;
  quiz?: { id: string } | null;
  video?: { duration_ms: number | null } | null;
  children?: Block[];
}

/** A stretch that counts as seen where nobody knows how long the film is. */
const A_MOMENT_MS = 1000;

const lessonsOf = (modules: Module[]): Module['lessons'] => modules.flatMap((module) => [...module.lessons, ...lessonsOf(module.children)]);
const flatten = (blocks: Block[]): Block[] => blocks.flatMap((block) => [block, ...flatten(block.children ?? [])]);

/** Takes those parts of a course that the journey does not walk through on the screen, as the pages would. */
export class Learner {
  private readonly academy = addresses().ACADEMY_URL;

  constructor(
    private readonly person: Pick<Person, 'token'>,
    private readonly slug: string,
  ) {}

  async lessons(): Promise<Module['lessons']> {
    return lessonsOf((await this.get(`/api/v1/courses/${this.slug}/outline`)).modules);
  }

  async enroll(): Promise<void> {
    await enroll(this.person.token, (await this.get(`/api/v1/courses/${this.slug}`)).id);
  }

  async lessonPath(slug: string): Promise<string> {
    const lesson = (await this.lessons()).find((one) => one.slug === slug);
    if (!lesson) throw new Error(`no lesson ${slug} in ${this.slug}`);
    return `/learn/${this.slug}/lessons/${lesson.id}`;
  }

  /** Every lesson read, every film watched, every quiz answered right; then the certificate comes by itself. */
  async finish(): Promise<string> {
    const course = await this.get(`/api/v1/courses/${this.slug}`);
    for (const lesson of await this.lessons()) {
      const blocks = flatten((await this.get(`/api/v1/lessons/${lesson.id}`)).blocks);
      for (const block of blocks) if (block.quiz) await this.answerAll(block.quiz.id);
      const films = blocks.filter((block) => block.video).map((block) => watched(course.id, lesson.id, block));
      await report(this.person.token, [...films, progressEvent('lesson.completed', course.id, lesson.id)]);
    }
    return until(async () => (await this.progress()).certificate?.verification_code, 15_000);
  }

  async progress(): Promise<{ lessons_completed: number; lessons_required: number; certificate: { verification_code: string } | null }> {
    return (await this.get(`/api/v1/courses/${this.slug}/outline`)).progress;
  }

  private async answerAll(quizId: string): Promise<void> {
    const { body: result } = await passQuiz(this.person.token, quizId);
    if (result.score_percent !== 100) throw new Error(`the right answers gave ${result.score_percent} %`);
  }

  private async get(path: string): Promise<any> {
    const answer = await call('GET', this.academy + path, { token: this.person.token });
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }
}

/** What the player reports of a film seen from its beginning to its end. */
function watched(courseId: string, lessonId: string, { id, video }: Block): ProgressEvent {
  const to_ms = video?.duration_ms ?? A_MOMENT_MS;
  const data: Record<string, number> = { from_ms: 0, to_ms, position_ms: to_ms };
  if (video?.duration_ms) data.duration_ms = video.duration_ms;
  return progressEvent('video.segment', courseId, lessonId, { block_id: id, data });
}
