import { request, requestWithStatus, segment } from './http';
import { list, nullable, Time, z } from './schema';
import { decimal } from './wire';

const MyCertificate = z.object({
  verification_code: z.string(),
  certificate_no: z.string(),
  course_title: z.string(),
  recipient_name: z.string(),
  issued_at: Time,
  status: z.string(),
});
export type MyCertificate = z.infer<typeof MyCertificate>;

export async function listMyCertificates(): Promise<MyCertificate[]> {
  return (await request(list(MyCertificate), { url: '/api/v1/me/certificates' })).items;
}

/** Asks for the certificate now; 409 `not_eligible` until the course's rule is met. */
export async function issueCertificate(courseSlug: string): Promise<{ created: boolean; verificationCode: string }> {
  const config = { method: 'POST', url: `/api/v1/courses/${segment(courseSlug)}/certificate`, data: {} };
  const { status, data } = await requestWithStatus(z.object({ verification_code: z.string() }), config);
  return { created: status === 201, verificationCode: data.verification_code };
}

export const VerifiedCertificate = z.extend(MyCertificate, {
  grade_percent: nullable(decimal),
  hours: nullable(decimal),
  issuer: z.string(),
  pdf_sha256: nullable(z.string()),
  pdf_url: nullable(z.string()),
});
export type VerifiedCertificate = z.infer<typeof VerifiedCertificate>;

export function verifyCertificate(code: string): Promise<VerifiedCertificate> {
  return request(VerifiedCertificate, { url: `/api/v1/certificates/${segment(code)}`, anonymous: true });
}

export const certificatePdfUrl = (code: string): string => `/api/v1/certificates/${segment(code)}/pdf`;
