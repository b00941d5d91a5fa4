import type { Directory } from './directory.ts';

/** What a person does on the page, or what Entra answers in their place. */
const deeds = ['sign-in', 'sign-in-colleague', 'cancel', 'refuse-consent', 'ask-administrator', 'other-organisation'] as const;

/** Fields that the application's loopback address is sent (`response_mode=form_post`). */
export type SignInAnswers = Readonly<Record<(typeof deeds)[number], Readonly<Record<string, string>>>>;

/** The sign-in page of the sample tenant: one button a deed, which posts its answer to the application. */
export function signInPage(applicationName: string, { user, colleague }: Directory, redirectUri: string, answers: SignInAnswers): string {
  const labels: Readonly<Record<(typeof deeds)[number], string>> = {
    'sign-in': `Sign in as ${user.name}`,
    'sign-in-colleague': `Sign in as ${colleague.name}, who does not use Dynamics 365`,
    cancel: 'Cancel',
    'refuse-consent': 'Refuse consent',
    'ask-administrator': 'Be told that an administrator has to consent',
    'other-organisation': 'Sign in with an account of another organisation',
  };
  const application = escaped(applicationName);
  return page(
    'Sign in (sample data)',
    `<p>This is the sample tenant. No account is needed and nothing leaves this machine.</p>
    <p><strong>${application}</strong> asks to use Dynamics 365 as <strong>${escaped(user.name)}</strong> (${escaped(user.username)}).</p>
    ${deeds.map((deed) => form(redirectUri, answers[deed], deed, labels[deed])).join('\n    ')}`,
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
