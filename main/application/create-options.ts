import type { NewOptions } from '../../shared/field-options.ts';
import { optionKey } from '../../shared/option-pairs.ts';
import { ApplicationError } from '../application-port.ts';
import type { CustomField } from '../connections/activecampaign/types.ts';
import type { Log } from '../log/log.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { forgetMetadata } from '../sync/metadata.ts';
import type { AccountReader } from './account-reader.ts';

const withOptions: readonly CustomField['type'][] = ['dropdown', 'radio', 'listbox', 'checkbox'];

/**
 * Creates what the field does not have yet, so that a repetition after a lost answer creates nothing twice.
 * @returns the options that the field has now. @throws ServiceError, ApplicationError `changed-meanwhile` where it has no options (any more).
 */
export async function createFieldOptions(
  accounts: AccountReader,
  store: SyncStore,
  log: Log,
  { field: name, values }: NewOptions,
): Promise<string[]> {
  const activeCampaign = await accounts.activeCampaign();
  const read = async (): Promise<CustomField> => {
    const field = (await activeCampaign.fields()).find(({ id }) => `field:${id}` === name);
    if (field !== undefined && withOptions.includes(field.type)) return field;
    throw new ApplicationError('changed-meanwhile', {
      message: 'The field is not in ActiveCampaign any more, or has no options.',
      advice: 'Map the column to another field.',
    });
  };
  const { id, title, options } = await read();
  const known = new Set(options.map(({ value }) => optionKey(value)));
  const missing = values.filter((value) => !known.has(optionKey(value)));
  if (missing.length > 0) {
    await activeCampaign.addFieldOptions(id, missing, options.length);
    const message = `Created in the field "${title}" of ActiveCampaign, on request: ${missing.map((value) => `"${value}"`).join(', ')}`;
    log.write({ level: 'info', event: 'options.created', message, details: { field: name, options: missing } });
  }
  accounts.forget();
  forgetMetadata(store);
  return (await read()).options.map(({ value }) => value);
}
