import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import type { LeadferryApi } from '../../shared/ipc.ts';
import { type Screen, screenTitles } from '../../shared/screens.ts';
import { ErrorMessage } from '../components/ErrorMessage.tsx';
import { Page } from '../components/Page.tsx';

interface ScreenBoundaryProps {
  readonly screen: Screen;
  readonly api: LeadferryApi;
  readonly children: ReactNode;
}

/**
 * Shows a message in the place of a screen that failed, so that the others go on, and puts the error into the log.
 * A class, since React tells only classes of errors: https://react.dev/reference/react/Component#catching-rendering-errors-with-an-error-boundary
 */
export class ScreenBoundary extends Component<ScreenBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    const { screen, api } = this.props;
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    void api.call.reportPageError({ screen, message: message.slice(0, 2_000), stack: stack.slice(0, 10_000) });
  }

  override render(): ReactNode {
    const { screen, children } = this.props;
    if (!this.state.failed) return children;
    return (
      <Page title={screenTitles[screen]} lead="">
        <ErrorMessage
          error={{
            code: 'unexpected',
            message: 'This screen could not be shown.',
            advice: 'Syncing goes on. What went wrong is in the log; if it happens again, send that to whoever supports you.',
          }}
          action={<Button onClick={() => this.setState({ failed: false })}>Try again</Button>}
        />
      </Page>
    );
  }
}
