import { ApplicationError } from '../application-port.ts';

/** Answers a question that changes while somebody edits: a newer one ends the one before, whose answer nobody waits for any more. */
export function latestOnly<Question, Answer>(
  answer: (question: Question, signal: AbortSignal) => Promise<Answer>,
): (question: Question) => Promise<Answer> {
  let running = new AbortController();
  return async (question) => {
    running.abort(superseded());
    running = new AbortController();
    const { signal } = running;
    const value = await answer(question, signal);
    signal.throwIfAborted();
    return value;
  };
}

const superseded = (): ApplicationError =>
  new ApplicationError('changed-meanwhile', { message: 'Something else was asked meanwhile.', advice: 'Nothing needs to be done.' });
