import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getImport, listImports, uploadCourse } from '@tt/api-client/imports';

const POLL_MS = 1000;

export function useImports() {
  return useQuery({ queryKey: ['admin', 'imports'], queryFn: listImports });
}

/** Asks until the import is over. */
export function useImport(id: string) {
  return useQuery({
    queryKey: ['admin', 'imports', id],
    queryFn: () => getImport(id),
    refetchInterval: ({ state }) => (state.data?.status === 'done' || state.data?.status === 'failed' ? false : POLL_MS),
  });
}

export function useUpload(onProgress: (fraction: number) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => uploadCourse(file, onProgress),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['admin', 'imports'], exact: true }),
  });
}
