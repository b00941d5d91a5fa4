import { Button } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useState } from 'react';

/** Puts a text on the clipboard. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      size="small"
      appearance="subtle"
      icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
      aria-label={copied ? `${label}: copied` : label}
      onClick={() => setCopied(copy(text))}
      onBlur={() => setCopied(false)}
    >
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}

/** The page has no permissions, the one for the asynchronous clipboard among them; what a click copies needs none. */
function copy(text: string): boolean {
  const fill = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', fill, { once: true });
  const done = document.execCommand('copy');
  document.removeEventListener('copy', fill);
  return done;
}
