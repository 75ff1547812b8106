/** Passkeys on the server's pages: the form's hidden box gets the browser's answer, then it is sent. */

type Json = Record<string, unknown>

/** `<form data-passkey="get|create" data-options="…">`; without WebAuthn the form stays out of sight. */
export function answerWithPasskey(form: HTMLFormElement): void {
  if (!('PublicKeyCredential' in globalThis) || !navigator.credentials) return
  form.dataset.ready = 'yes'
  const box = form.elements.namedItem('answer') as HTMLInputElement
  form.addEventListener('submit', (event) => {
    if (box.value) return
    event.preventDefault()
    event.stopImmediatePropagation()
    void ask(form)
      .then((answer) => {
        box.value = JSON.stringify(answer)
        form.requestSubmit()
      })
      .catch(() => sayFailed(form))
  })
}

function sayFailed(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>('[data-failed]')
  if (place) place.textContent = place.dataset.failed ?? ''
}

async function ask(form: HTMLFormElement): Promise<Json> {
  const options = JSON.parse(form.dataset.options ?? '{}') as Json
  const made =
    form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: toCreate(options) })
      : await navigator.credentials.get({ publicKey: toGet(options) })
  return asJson(made as PublicKeyCredential)
}

function toCreate(options: Json): PublicKeyCredentialCreationOptions {
  const user = options['user'] as Json
  return {
    ...(options as unknown as PublicKeyCredentialCreationOptions),
    challenge: octets(options['challenge']),
    user: { ...(user as unknown as PublicKeyCredentialUserEntity), id: octets(user['id']) },
    excludeCredentials: described(options['excludeCredentials']),
  }
}

function toGet(options: Json): PublicKeyCredentialRequestOptions {
  return {
    ...(options as unknown as PublicKeyCredentialRequestOptions),
    challenge: octets(options['challenge']),
    allowCredentials: described(options['allowCredentials']),
  }
}

function described(list: unknown): PublicKeyCredentialDescriptor[] {
  return ((list ?? []) as Json[]).map(({ id }) => ({ type: 'public-key', id: octets(id) }))
}

/** The answer as the WebAuthn standard writes it in JSON (Level 3, section 5.1.8). */
function asJson(credential: PublicKeyCredential): Json {
  const response: Json = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    const part = (credential.response as unknown as Json)[name]
    if (part instanceof ArrayBuffer) response[name] = text(part)
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} }
}

function octets(base64url: unknown): Uint8Array<ArrayBuffer> {
  const plain = String(base64url).replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0))
}

function text(bytes: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(bytes)))
  return plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
