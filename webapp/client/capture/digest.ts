/** The SHA-256 by which a captured file is known from the moment it is taken. */

/** Lower-case hex of the digest of exactly these bytes. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A file taken on this phone: its bytes, what they are, their digest and when. */
export interface Capture {
  bytes: Uint8Array<ArrayBuffer>
  media_type: string
  sha256: string
  taken_at: string
}

/** Puts the digest and the time beside the bytes. */
export async function captured(bytes: Uint8Array<ArrayBuffer>, mediaType: string, at: Date): Promise<Capture> {
  return { bytes, media_type: mediaType, sha256: await sha256(bytes), taken_at: at.toISOString() }
}
