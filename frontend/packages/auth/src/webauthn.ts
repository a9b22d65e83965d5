/** WebAuthn's JSON form for browsers of every age: the newer ones convert by themselves. */

type Json = Record<string, unknown>;

/** Browsers refuse credentials on plain http (but localhost) and on addresses that are numbers. */
export function canUsePasskeys(): boolean {
  return 'PublicKeyCredential' in window && window.isSecureContext && !isIpAddress(window.location.hostname);
}

function isIpAddress(host: string): boolean {
  return host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host);
}

/** Whether the browser can offer passkeys in the list below the address field. */
export async function canAutofillPasskeys(): Promise<boolean> {
  if (!canUsePasskeys()) return false;
  const { isConditionalMediationAvailable: available } = PublicKeyCredential as { isConditionalMediationAvailable?: () => Promise<boolean> };
  return available ? available.call(PublicKeyCredential) : false;
}

/** GoTrue nests the options below "publicKey" in one place and not in another. */
function bare(options: Json): Json {
  return (options['publicKey'] as Json | undefined) ?? options;
}

export async function createCredential(options: Json): Promise<Json> {
  const publicKey = creationOptions(bare(options));
  return credentialJson(await navigator.credentials.create({ publicKey }));
}

export interface GetOptions {
  /** conditional: offered in the list of an input field instead of a dialog. */
  mediation?: CredentialMediationRequirement;
  signal?: AbortSignal;
}

export async function getCredential(options: Json, { mediation, signal }: GetOptions = {}): Promise<Json> {
  const publicKey = requestOptions(bare(options));
  return credentialJson(await navigator.credentials.get({ publicKey, ...(mediation && { mediation }), ...(signal && { signal }) }));
}

/** The person closed the dialog, or the page went on: nothing to report. */
export function isDismissed(error: unknown): boolean {
  return error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name);
}

/** The device holds a credential for this account already. */
export function isAlreadyRegistered(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError';
}

export function toBase64Url(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCodePoint(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function fromBase64Url(text: string): ArrayBuffer {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.codePointAt(0) ?? 0).buffer;
}

const withBytes = (value: unknown): unknown => (typeof value === 'string' ? fromBase64Url(value) : value);
const withIdBytes = (list: unknown): Json[] | undefined =>
  (list as Json[] | undefined)?.map((item) => ({ ...item, id: withBytes(item['id']) }));

interface JsonParsers {
  parseCreationOptionsFromJSON?: (options: unknown) => PublicKeyCredentialCreationOptions;
  parseRequestOptionsFromJSON?: (options: unknown) => PublicKeyCredentialRequestOptions;
}

function creationOptions(json: Json): PublicKeyCredentialCreationOptions {
  const parsers = PublicKeyCredential as JsonParsers;
  if (parsers.parseCreationOptionsFromJSON) return parsers.parseCreationOptionsFromJSON.call(PublicKeyCredential, json);
  const user = json['user'] as Json;
  return {
    ...json,
    challenge: withBytes(json['challenge']),
    user: { ...user, id: withBytes(user['id']) },
    excludeCredentials: withIdBytes(json['excludeCredentials']),
  } as unknown as PublicKeyCredentialCreationOptions;
}

function requestOptions(json: Json): PublicKeyCredentialRequestOptions {
  const parsers = PublicKeyCredential as JsonParsers;
  if (parsers.parseRequestOptionsFromJSON) return parsers.parseRequestOptionsFromJSON.call(PublicKeyCredential, json);
  return {
    ...json,
    challenge: withBytes(json['challenge']),
    allowCredentials: withIdBytes(json['allowCredentials']),
  } as unknown as PublicKeyCredentialRequestOptions;
}

function credentialJson(found: Credential | null): Json {
  if (!found) throw new DOMException('No credential', 'NotAllowedError');
  const credential = found as PublicKeyCredential;
  const { toJSON } = credential as { toJSON?: () => unknown };
  if (toJSON) return toJSON.call(credential) as Json;
  return {
    id: credential.id,
    rawId: toBase64Url(credential.rawId),
    type: credential.type,
    response: responseJson(credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse),
    clientExtensionResults: credential.getClientExtensionResults(),
    ...(credential.authenticatorAttachment && { authenticatorAttachment: credential.authenticatorAttachment }),
  };
}

const MEMBERS = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'] as const;

function responseJson(response: AuthenticatorAttestationResponse & AuthenticatorAssertionResponse): Json {
  const members = MEMBERS.flatMap((name) => {
    const buffer = (response as Partial<Record<typeof name, ArrayBuffer | null>>)[name];
    return buffer ? [[name, toBase64Url(buffer)] as const] : [];
  });
  const { getTransports } = response as { getTransports?: () => string[] };
  return { ...Object.fromEntries(members), ...(getTransports && { transports: getTransports.call(response) }) };
}
