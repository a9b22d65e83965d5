export const quizKeys = {
  attempts: (quizId: string, userId: string | null) => ['quiz', 'attempts', quizId, userId] as const,
  attempt: (attemptId: string) => ['quiz', 'attempt', attemptId] as const,
};
