import type { Product } from '../action';

/** What clients ask the platform before they turn to the product itself. */
export const BSS: Product = { name: 'BssOpenApi', version: '2017-12-14', ramPrefix: 'bss' };

/** Which host serves which product in a region. */
export const LOCATION: Product = { name: 'Location', version: '2015-06-12', ramPrefix: 'location' };

/** Whose key it is. */
export const STS: Product = { name: 'Sts', version: '2015-04-01', ramPrefix: 'sts' };
