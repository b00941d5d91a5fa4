const format = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** "23 Nov 14:02:09" in local time. `time`: ISO 8601. */
export const clockTime = (time: string): string => format.format(new Date(time)).replace(',', '');
