import type { LogLine } from '../../shared/log-line.ts';
import { csvLine } from './csv.ts';

const byteOrderMark = '\uFEFF';

/** One line a log line, details as JSON. With the mark by which Excel knows UTF-8. */
export function* asCsv(lines: Iterable<LogLine>): Generator<string> {
  yield byteOrderMark +
    csvLine(['Time', 'Level', 'Event', 'Run', 'Message', 'Email', 'ActiveCampaign id', 'Dynamics table', 'Dynamics id', 'Details']);
  for (const { time, level, event, run, message, person, details } of lines) {
    yield csvLine([
      time,
      level,
      event,
      run?.toString() ?? '',
      message,
      person?.email ?? '',
      person?.activeCampaignId ?? '',
      person?.dynamics?.entity ?? '',
      person?.dynamics?.id ?? '',
      details === undefined ? '' : JSON.stringify(details),
    ]);
  }
}

/** One array, an entry a line. */
export function* asJson(lines: Iterable<LogLine>): Generator<string> {
  let before = '[\n';
  for (const { id: _, ...line } of lines) {
    yield before + JSON.stringify(line);
    before = ',\n';
  }
  yield before === ',\n' ? '\n]\n' : '[]\n';
}
