import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { z } from 'zod';
import {
  type CallAnswer,
  type CallName,
  type CallRequest,
  callChannel,
  callNames,
  type EventName,
  type EventPayload,
  eventChannel,
  type IpcError,
  type IpcResult,
  ipc,
} from '../../shared/ipc.ts';

export type CallHandlers = {
  readonly [Name in CallName]: (request: CallRequest<Name>) => CallAnswer<Name> | Promise<CallAnswer<Name>>;
};

type CallSchemas = {
  readonly [Name in CallName]: { readonly request: z.ZodType<CallRequest<Name>>; readonly answer: z.ZodType<CallAnswer<Name>> };
};
type EventSchemas = { readonly [Name in EventName]: z.ZodType<EventPayload<Name>> };

const callSchemas: CallSchemas = ipc.calls;
const eventSchemas: EventSchemas = ipc.events;

export interface IpcHost {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  /** Whether a message comes from the app's own main frame. */
  readonly isOwnFrame: (event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>) => boolean;
  readonly handlers: CallHandlers;
  /** Called before each answer: what a call has changed is there when its answer comes. */
  readonly tellChanges: () => void;
  /** What the window is told about an error that a handler threw. */
  readonly describeError: (error: unknown, name: CallName) => Promise<IpcError>;
}

/**
 * Answers every call of the schema. A request is parsed before its handler sees it; an answer is parsed too, which drops whatever the
 * schema does not name. Nothing is ever thrown across the bridge.
 */
export function hostCalls(host: IpcHost): void {
  for (const name of callNames) hostCall(host, name);
}

function hostCall<Name extends CallName>({ ipcMain, isOwnFrame, handlers, tellChanges, describeError }: IpcHost, name: Name): void {
  const { request: requestSchema, answer: answerSchema } = callSchemas[name];
  const handler = handlers[name];
  ipcMain.handle(callChannel(name), async (event, ...args: unknown[]): Promise<IpcResult<CallAnswer<Name>>> => {
    if (!isOwnFrame(event)) return refused('sender-refused', 'The call came from a page that is not the app.');
    const request = requestSchema.safeParse(args[0]);
    if (args.length > 1 || !request.success)
      return refused('invalid-request', `The request for "${name}" has not the form that was agreed.`);
    try {
      return { ok: true, value: answerSchema.parse(await handler(request.data)) };
    } catch (error) {
      return { ok: false, error: await describeError(error, name) };
    } finally {
      tellChanges();
    }
  });
}

const refused = (code: 'sender-refused' | 'invalid-request', message: string): { readonly ok: false; readonly error: IpcError } => ({
  ok: false,
  error: { code, message, advice: 'Close the window and open it again.' },
});

/** Sends an event to the window. What the schema does not name is dropped. */
export function sendEvent<Name extends EventName>(contents: Pick<WebContents, 'send'>, name: Name, payload: EventPayload<Name>): void {
  contents.send(eventChannel(name), eventSchemas[name].parse(payload));
}
