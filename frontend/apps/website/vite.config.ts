import { appConfig } from '@tt/config/vite';
import { defineConfig } from 'vite';

export default defineConfig(appConfig({ port: 8700, api: process.env['TT_API'] ?? 'http://127.0.0.1:8000' }));
