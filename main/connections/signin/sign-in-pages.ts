/** What the browser shows when a person has come back from the sign-in. Self-contained: it is served once, and nothing after it. */

export const succeededPage = page(
  'You are signed in',
  'Go back to Leadferry, which goes on by itself. You can close this page.',
  '<path d="m15 24 6.5 6.5L33.5 18" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>',
);

export const failedPage = page(
  'You are not signed in',
  'Go back to Leadferry, which tells what happened and what to do. You can close this page.',
  '<path d="M24 15v11" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round"/><circle cx="24" cy="32" r="2" fill="currentColor"/>',
);

function page(title: string, words: string, mark: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Leadferry</title>
<style>
:root { --page: #f5f5f5; --card: #fff; --text: #242424; --aside: #616161; --brand: #0c718a; }
@media (prefers-color-scheme: dark) { :root { --page: #141414; --card: #292929; --text: #fff; --aside: #adadad; --brand: #72acbf; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--text);
  font: 16px/1.5 "Segoe UI", system-ui, -apple-system, sans-serif; }
main { max-width: 26rem; margin: 1.5rem; padding: 2.5rem; border-radius: 12px; background: var(--card); text-align: center;
  box-shadow: 0 2px 16px rgb(0 0 0 / 12%); }
svg { width: 56px; height: 56px; color: var(--brand); }
h1 { margin: 1rem 0 .5rem; font-size: 1.5rem; line-height: 1.25; font-weight: 600; }
p { margin: 0; color: var(--aside); }
.brand { margin-bottom: 1.5rem; font-weight: 600; color: var(--text); }
</style>
</head>
<body>
<main>
<p class="brand">Leadferry</p>
<svg viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="22" fill="none" stroke="currentColor" stroke-width="3"/>${mark}</svg>
<h1>${title}</h1>
<p>${words}</p>
</main>
</body>
</html>
`;
}
