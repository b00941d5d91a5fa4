import { Button } from '@fluentui/react-components';
import { BeakerRegular } from '@fluentui/react-icons';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';

export function SampleDataOffer() {
  const api = useApi();
  const start = useAction();
  const pending = start.state.kind === 'pending';
  return (
    <Section
      title="New here?"
      lead="Look around with two built-in sample accounts. Everything works, nothing leaves this computer, and you can leave at any time."
      aside={
        <Button
          appearance="primary"
          icon={<BeakerRegular />}
          disabledFocusable={pending}
          onClick={() => void start.run(() => api.call.setSampleData(true))}
        >
          {pending ? 'Starting…' : 'Try with sample data'}
        </Button>
      }
    >
      {start.state.kind === 'failed' && <ErrorMessage error={start.state.error} />}
    </Section>
  );
}
