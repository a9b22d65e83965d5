const percentFormat = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const pointsFormat = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** For reading only: the server decides on exact decimals. */
export function percentText(percent: number): string {
  return `${percentFormat.format(percent)} %`;
}

export function pointsText(points: number): string {
  return pointsFormat.format(points);
}

/** 90 → "1 min 30 s". */
export function limitText(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = seconds % 60;
  const parts = [hours && `${String(hours)} h`, minutes && `${String(minutes)} min`, rest && `${String(rest)} s`];
  return parts.filter(Boolean).join(' ');
}

/** 65_000 → "1:05". */
export function countdownText(ms: number): string {
  const total = Math.ceil(ms / 1000);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const clock = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${String(total % 60).padStart(2, '0')}`;
  return hours > 0 ? `${String(hours)}:${clock}` : clock;
}
