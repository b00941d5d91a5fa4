import { createContext } from 'react';

/** To be called with the options that a field of ActiveCampaign has, once some were created: every row that maps it knows them then. */
export const CreatedOptionsContext = createContext<(field: string, options: readonly string[]) => void>(() => undefined);
