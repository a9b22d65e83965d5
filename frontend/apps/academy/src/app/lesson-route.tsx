import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useLocation, useParams } from 'react-router';
import { learnKeys } from '../features/learn/api/keys';
import { LearnPage } from '../features/learn/components/learn-page';
import { LessonBySlug } from '../features/learn/components/lesson-by-slug';
import { isLessonId } from '../features/learn/lib/lesson-ref';
import { QuizBlock } from '../features/quiz/components/quiz-block';

/** The lesson page is where the player and the quiz meet. */
export function LessonRoute() {
  const { slug = '', lesson = '' } = useParams();
  const { pathname } = useLocation();
  const queryClient = useQueryClient();
  // A handed-in quiz may complete the lesson, move the bar and issue the certificate.
  const refreshProgress = useCallback(() => {
    void queryClient.invalidateQueries({ queryKey: learnKeys.outlines });
    void queryClient.invalidateQueries({ queryKey: learnKeys.lessons });
    void queryClient.invalidateQueries({ queryKey: ['me'] });
  }, [queryClient]);
  if (!isLessonId(lesson)) return <LessonBySlug courseSlug={slug} lessonSlug={lesson} />;
  return (
    <LearnPage
      courseSlug={slug}
      lessonId={lesson}
      renderQuiz={(rules, enrolled) => (
        <QuizBlock key={rules.id} rules={rules} enrolled={enrolled} here={pathname} onFinished={refreshProgress} />
      )}
    />
  );
}
