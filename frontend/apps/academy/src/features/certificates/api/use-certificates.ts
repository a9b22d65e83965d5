import { useQuery } from '@tanstack/react-query';
import { listMyCertificates, verifyCertificate } from '@tt/api-client/certificates';

export function useMyCertificates() {
  return useQuery({ queryKey: ['me', 'certificates'], queryFn: listMyCertificates });
}

export function useVerification(code: string) {
  return useQuery({ queryKey: ['certificates', code], queryFn: () => verifyCertificate(code) });
}
