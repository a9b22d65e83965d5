/** "1:02:03" or "4:05": the way players print positions. */
export function clockText(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** "4 minutes 5 seconds": the same for a screen reader. */
export function spokenTime(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const parts = [
    [Math.floor(total / 3600), 'hour'],
    [Math.floor((total % 3600) / 60), 'minute'],
    [total % 60, 'second'],
  ] as const;
  const spoken = parts.flatMap(([value, unit]) =>
    value > 0 ? [`${value} ${unit}${value === 1 ? '' : 's'}`] : [],
  );
  return spoken.length > 0 ? spoken.join(' ') : '0 seconds';
}
