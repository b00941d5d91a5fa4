/** The run does not start, for a reason that a person must settle. Nothing was written. */
export class RunRefused extends Error {
  readonly code: 'wrong-system' | 'criteria-unusable' | 'tag-deleted';
  readonly advice: string;
  constructor(code: RunRefused['code'], message: string, advice: string) {
    super(message);
    this.name = 'RunRefused';
    this.code = code;
    this.advice = advice;
  }
}
