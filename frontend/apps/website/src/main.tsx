import { startSession } from '@tt/auth/session';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { takeOver } from './app/take-over';
import './styles.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

startSession();
createRoot(takeOver(root)).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
