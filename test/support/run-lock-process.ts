import { systemClock } from '../../main/ports/clock.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { openDatabase } from '../../main/store/open.ts';
import { createRunLock, runLockOwner } from '../../main/store/run-lock.ts';

/** Another process on the same data directory: opens the database named on the command line, tries the lock, reports, and stays. */
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('usage: run-lock-process.ts DATABASE');

const db = openDatabase(path);
const holder = createRunLock(db, runLockOwner(systemRandom), systemClock, 60_000).acquire();
process.send?.({ gotTheLock: holder === null, heldBy: holder?.owner.processId ?? process.pid });
process.on('message', () => process.exit());
