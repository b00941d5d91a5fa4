import type { Column } from '../../connections/dynamics/types.ts';

/**
 * The name under which a column is selected, filtered and answered: its logical name, but for a lookup the one of its id.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/web-api-properties#lookup-properties
 */
export const propertyName = ({ name, type }: Column): string => (type.kind === 'lookup' ? `_${name}_value` : name);
