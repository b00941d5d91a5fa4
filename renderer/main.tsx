import { createDOMRenderer, FluentProvider, makeStyles, RendererProvider } from '@fluentui/react-components';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { connectStateStore } from './app/state-store.ts';
import { useSystemTheme } from './app/theme.ts';
import { ErrorMessage } from './components/ErrorMessage.tsx';

/** The nonce of this load (main/electron/page-server.ts): only style elements that carry it are applied. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
const styleRenderer = createDOMRenderer(document, { styleElementAttributes: { nonce } });

/** Applied to portals too, which must not cover the page: no size in here. */
const useStyles = makeStyles({ provider: { backgroundColor: 'transparent' } });

function Frame({ children }: { readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <FluentProvider theme={useSystemTheme()} className={styles.provider}>
      {children}
    </FluentProvider>
  );
}

function show(content: ReactNode): void {
  const container = document.getElementById('root');
  if (container === null) throw new Error('the page has no root element');
  createRoot(container).render(
    <StrictMode>
      <RendererProvider renderer={styleRenderer} targetDocument={document}>
        <Frame>{content}</Frame>
      </RendererProvider>
    </StrictMode>,
  );
}

const store = await connectStateStore(window.leadferry);
show(store.ok ? <App api={window.leadferry} store={store.value} /> : <ErrorMessage error={store.error} />);
