import { useQuery } from '@tanstack/react-query';
import { getText } from '@tt/api-client/media';
import { parseVtt } from '../lib/transcript';

export function useTranscript(url: string) {
  return useQuery({
    queryKey: ['learn', 'transcript', url],
    queryFn: async () => parseVtt(await getText(url)),
    staleTime: Infinity,
  });
}
