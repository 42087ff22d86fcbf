"""One turn of an onboarding interview: questions, answers, progress. Knows nothing of any particular stage."""
