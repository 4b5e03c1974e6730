/* The JSON forms of WebAuthn to and from the browser's own: twenty lines, and every browser is served. */

type Json = Record<string, unknown>;

function bytes(encoded: unknown): ArrayBuffer {
  const plain = String(encoded).replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(plain), (char) => char.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const credentials = (list: unknown) =>
  (Array.isArray(list) ? list : []).map((one: Json) => ({ ...one, id: bytes(one['id']) }));

/** Makes a passkey: the credential to send, or an error whose `name` says why not. */
export async function makePasskey(options: Json): Promise<Json> {
  const user = options['user'] as Json;
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options['challenge']),
      user: { ...user, id: bytes(user['id']) },
      excludeCredentials: credentials(options['excludeCredentials']),
    } as unknown as PublicKeyCredentialCreationOptions,
  });
  const key = made as PublicKeyCredential;
  const response = key.response as AuthenticatorAttestationResponse;
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports(),
    },
  };
}

/** Signs in with a passkey. */
export async function askPasskey(options: Json): Promise<Json> {
  const found = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options['challenge']),
      allowCredentials: credentials(options['allowCredentials']),
    } as unknown as PublicKeyCredentialRequestOptions,
  });
  const key = found as PublicKeyCredential;
  const response = key.response as AuthenticatorAssertionResponse;
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

/** Whether the person gave up, or the browser had no key to offer. */
export function gaveUp(error: unknown): boolean {
  return error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name);
}
