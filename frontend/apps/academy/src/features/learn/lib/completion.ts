import type { Block, Lesson } from '@tt/api-client/lessons';

export type CompletionRule = 'view' | 'manual' | 'video_percent' | 'quiz_pass' | 'submit' | 'all_blocks';

const RULES: readonly string[] = ['view', 'manual', 'video_percent', 'quiz_pass', 'submit', 'all_blocks'];

/** The rule of the lesson; from its blocks when the server does not say. */
export function completionRule(lesson: Pick<Lesson, 'completion_rule' | 'blocks'>): CompletionRule {
  if (lesson.completion_rule && RULES.includes(lesson.completion_rule)) {
    return lesson.completion_rule as CompletionRule;
  }
  const kinds = new Set(flatten(lesson.blocks).map((block) => block.kind));
  if (kinds.has('quiz')) return 'quiz_pass';
  return kinds.has('video') ? 'video_percent' : 'view';
}

/** Only this is for the learner to decide; the rest follows from what was opened, watched or answered. */
export function canMarkComplete(rule: CompletionRule): boolean {
  return rule === 'manual';
}

export function flatten(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => [block, ...flatten(block.children)]);
}
