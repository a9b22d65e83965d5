import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eslintConfig } from './packages/config/eslint.js';

export default eslintConfig(dirname(fileURLToPath(import.meta.url)));
