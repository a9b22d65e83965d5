import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';

/** One chunk a page: `load` names the module, `pick` the component in it. */
export function lazyPage<M>(path: string, load: () => Promise<M>, pick: (module: M) => ComponentType): RouteObject {
  return { path, lazy: async () => ({ Component: pick(await load()) }) };
}
