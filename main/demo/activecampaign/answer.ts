import { z } from 'zod';

/** An answer before it becomes HTTP. */
export interface Answer {
  readonly status: number;
  readonly json: unknown;
}

export const ok = (json: unknown): Answer => ({ status: 200, json });
export const created = (json: unknown): Answer => ({ status: 201, json });

/** Internal names, as the service shows them: Subscriber = contact, SubscriberTag = contactTag. */
export function notFound(internalName: string, id: string | number): Answer {
  return { status: 404, json: { message: `No Result found for ${internalName} with id ${id}` } };
}

export function badRequest(detail: string): Answer {
  return { status: 400, json: { errors: [{ status: 400, title: 'Bad Request', detail }] } };
}

export interface Refusal {
  readonly title: string;
  readonly detail?: string;
  readonly code?: string;
  /** JSON pointer to what is wrong. */
  readonly pointer?: string;
}

export function unprocessable({ pointer, ...refusal }: Refusal): Answer {
  return { status: 422, json: { errors: [pointer === undefined ? refusal : { ...refusal, source: { pointer } }] } };
}

/** A scalar in a request, whatever type it was sent with; null stands for an empty text. */
export const sentText = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => (value === null ? '' : String(value)));

/** An id in a request, as number or text; null where it is neither (a name, a personalisation tag). */
export const sentId = z
  .union([z.int(), z.string()])
  .nullish()
  .transform((value) => (/^\d+$/.test(String(value)) ? Number(value) : null));

/** The object under the singular name, or null where the body does not have that shape. */
export function wrapped<Shape extends z.ZodType>(body: unknown, name: string, shape: Shape): z.infer<Shape> | null {
  const outer = z.looseObject({}).safeParse(body);
  const inner = outer.success ? shape.safeParse(outer.data[name]) : null;
  return inner?.success === true ? inner.data : null;
}
