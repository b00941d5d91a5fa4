import { parseOptions } from './headless/options.ts';
import { runHeadless } from './headless/run-headless.ts';

// What is kept are customers' names and addresses: other accounts of this machine read none of it. Windows keeps it in the user's profile.
process.umask(0o077);

const parsed = parseOptions(process.argv.slice(2));
if (parsed.kind === 'refused') {
  process.stderr.write(`${parsed.message}\n`);
  process.exitCode = 2;
} else if (parsed.kind === 'help') process.stdout.write(parsed.text);
else process.exitCode = await runHeadless(parsed.options);
