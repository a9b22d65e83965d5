import { existsSync } from 'node:fs';
import path from 'node:path';

import { root } from './instance';

/** Real courses, kept beside the repository and never in it: TT_DATA_FILES or ../shared/data. */
const folder = process.env.TT_DATA_FILES ?? path.resolve(root, '../shared/data');

/** The path of one of them; nothing where this machine does not have it. */
export function dataFile(name: string): string | undefined {
  const file = path.join(folder, name);
  return existsSync(file) ? file : undefined;
}
