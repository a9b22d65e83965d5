import { describeError } from '@tt/api-client/error-messages';
import { FRESH_FOR_MS, getExport, listExports, requestExport, type DataExport } from '@tt/api-client/exports';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { formatBytes, formatDate, formatDateTime } from '@tt/ui/format';
import { Progress } from '@tt/ui/progress';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { data as text, messages } from './messages';
import { Loaded } from './parts';
import { useAccountKey } from './use-account';

/** Long enough not to be a burden, short enough to look alive. */
const POLL_MS = 2000;

const isUnderWay = (item: DataExport | undefined) => item !== undefined && ['queued', 'running', 'waiting'].includes(item.status);

const isFresh = (item: DataExport | undefined, now: number) =>
  item?.status === 'ready' && now - Date.parse(item.requested_at) < FRESH_FOR_MS;

export function ExportPanel() {
  const key = useAccountKey('exports');
  const queryClient = useQueryClient();
  const exports = useQuery({
    queryKey: key,
    queryFn: listExports,
    refetchInterval: ({ state }) => (isUnderWay(state.data?.[0]) ? POLL_MS : false),
  });
  const start = useMutation({ mutationFn: requestExport, onSuccess: () => queryClient.invalidateQueries({ queryKey: key }) });
  return (
    <Loaded query={exports}>
      {([latest]) => (
        <>
          {start.error && <Alert tone="danger" title={messages.failed} className="mb-4">{describeError(start.error)}</Alert>}
          <div aria-live="polite">{latest && <ExportState item={latest} />}</div>
          {isFresh(latest, exports.dataUpdatedAt) && <p className="mt-4 text-sm text-ink-muted">{text.exportFresh}</p>}
          {!isUnderWay(latest) && !isFresh(latest, exports.dataUpdatedAt) && (
            <Button className="mt-4" variant={latest ? 'secondary' : 'primary'} busy={start.isPending} onClick={() => { start.mutate(); }}>
              {latest ? text.exportAgain : text.exportStart}
            </Button>
          )}
        </>
      )}
    </Loaded>
  );
}

function ExportState({ item }: { item: DataExport }) {
  if (isUnderWay(item)) {
    return (
      <div className="flex flex-col gap-3">
        <p>{text.exporting} ({item.progress_percent} %)</p>
        <Progress label={text.exporting} value={item.progress_percent} max={100} />
        {item.status === 'waiting' && <p className="text-sm text-ink-muted">{text.exportWaiting}</p>}
      </div>
    );
  }
  if (item.status === 'expired') return <p className="text-ink-muted">{text.exportExpired}</p>;
  return <ReadyExport item={item} />;
}

function ReadyExport({ item }: { item: DataExport }) {
  // The link in the list has gone stale when it is finally clicked: a fresh one is asked for then.
  const download = useMutation({
    mutationFn: () => getExport(item.id),
    onSuccess: ({ download_url: url }) => { if (url) window.location.assign(url); },
  });
  const facts = [item.bytes !== null && text.exportSize(formatBytes(item.bytes)), item.expires_at && text.exportUntil(formatDate(item.expires_at))];
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 rounded-card border border-line bg-surface px-5 py-4">
      <div>
        <p className="font-semibold">{text.exportReady(formatDateTime(item.requested_at))}</p>
        <p className="text-sm text-ink-muted">{facts.filter(Boolean).join(' · ')}</p>
        {item.status === 'incomplete' && <p className="text-sm text-warning">{text.exportIncomplete}</p>}
        {download.error && <p role="alert" className="text-sm text-danger">{describeError(download.error)}</p>}
      </div>
      <Button busy={download.isPending} onClick={() => { download.mutate(); }}>{text.exportDownload}</Button>
    </div>
  );
}
