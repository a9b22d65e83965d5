import { appConfig } from '@tt/config/vite';

export default appConfig({ port: 8801, api: process.env['TT_ACADEMY_URL'] ?? 'http://127.0.0.1:8001' });
