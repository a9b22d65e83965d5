import type { UserConfig } from 'vite';

/** Vite configuration shared by both apps. */
export function appConfig(options: { port: number; api: string }): UserConfig;
