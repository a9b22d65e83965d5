import { readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import js from '@eslint/js';
import globals from 'globals';
import importX from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const folders = (path) =>
  existsSync(path) ? readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name) : [];

/** packages → features → app, written from the folders that exist, so a new feature is fenced from its first file. */
export function importZones(root) {
  const zones = [{ target: './packages', from: './apps', message: 'packages must not import apps' }];
  for (const app of folders(join(root, 'apps'))) {
    const src = `./apps/${app}/src`;
    const others = folders(join(root, 'apps')).filter((other) => other !== app);
    zones.push(...others.map((other) => ({ target: `./apps/${app}`, from: `./apps/${other}`, message: 'apps are independent' })));
    for (const feature of folders(join(root, src, 'features'))) {
      zones.push({
        target: `${src}/features/${feature}`,
        from: `${src}/features`,
        except: [`./${feature}`],
        message: 'two features meet in app/',
      });
      zones.push({ target: `${src}/features/${feature}`, from: `${src}/app`, message: 'features must not import app/' });
    }
  }
  const ui = { target: './packages/ui', from: ['./packages/api-client', './packages/auth'], message: 'ui fetches no data' };
  const client = { target: './packages/api-client', from: ['./packages/auth', './packages/ui'], message: 'api-client is the bottom layer' };
  return [...zones, ui, client];
}

export function eslintConfig(root) {
  return tseslint.config(
    { ignores: ['**/dist/**', '**/coverage/**', '**/node_modules/**'] },
    js.configs.recommended,
    { files: ['**/*.js'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
    {
      files: ['**/*.{ts,tsx}'],
      extends: [...tseslint.configs.strict, ...tseslint.configs.stylistic, jsxA11y.flatConfigs.strict, reactHooks.configs.flat.recommended],
      plugins: { 'import-x': importX },
      settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } } },
      languageOptions: { globals: globals.browser },
      rules: {
        '@typescript-eslint/consistent-type-definitions': 'off',
        '@typescript-eslint/consistent-type-imports': 'error',
        '@typescript-eslint/no-redeclare': 'off',
        'import-x/no-restricted-paths': ['error', { basePath: root, zones: importZones(root) }],
        'import-x/no-cycle': ['error', { ignoreExternal: true }],
        // `role` of our own components is a role of the platform, not an ARIA role.
        'jsx-a11y/aria-role': ['error', { ignoreNonDOM: true }],
        'max-lines': ['error', { max: 500 }],
        'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }],
        'no-console': 'error',
        // Zod schemas and the types derived from them share one name on purpose.
        'no-redeclare': 'off',
      },
    },
    {
      files: ['**/*.test.{ts,tsx}', 'packages/config/*.ts'],
      rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-empty-function': 'off' },
    },
  );
}
