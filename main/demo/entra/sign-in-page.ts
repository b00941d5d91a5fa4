import type { DirectoryUser } from './directory.ts';

export interface SignInAnswers {
  /** Fields that the application's loopback address is sent (`response_mode=form_post`), by what the person does. */
  readonly signIn: Readonly<Record<string, string>>;
  readonly cancel: Readonly<Record<string, string>>;
  readonly refuse: Readonly<Record<string, string>>;
}

/** The sign-in page of the sample tenant: three buttons, each of which posts its answer to the application. */
export function signInPage(applicationName: string, user: DirectoryUser, redirectUri: string, answers: SignInAnswers): string {
  const application = escaped(applicationName);
  return page(
    'Sign in (sample data)',
    `<p>This is the sample tenant. No account is needed and nothing leaves this machine.</p>
    <p><strong>${application}</strong> asks to use Dynamics 365 as <strong>${escaped(user.name)}</strong> (${escaped(user.username)}).</p>
    ${form(redirectUri, answers.signIn, 'sign-in', `Sign in as ${user.name}`)}
    ${form(redirectUri, answers.cancel, 'cancel', 'Cancel')}
    ${form(redirectUri, answers.refuse, 'refuse-consent', 'Refuse consent')}`,
  );
}

/** What is shown where an answer cannot be sent to the application. */
export const signInErrorPage = (message: string) => page('Sign-in failed', `<p role="alert">${escaped(message)}</p>`);

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>${escaped(title)}</title></head>
  <body>
    <h1>${escaped(title)}</h1>
    ${body}
  </body>
</html>
`;

function form(action: string, fields: Readonly<Record<string, string>>, id: string, label: string): string {
  const inputs = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`);
  return `<form method="post" action="${escaped(action)}">${inputs.join('')}<button id="${id}">${escaped(label)}</button></form>`;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
