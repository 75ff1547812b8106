/** Sealing to the register (RFC 9180, base mode): whoever holds the phone cannot open what it sealed. */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { base64url, fromBase64url, joined, utf8 } from './bytes.ts'
import type { Bytes } from './records.ts'

const SUITE = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const ENC_BYTES = 65 // an uncompressed P-256 point

/** What an interview's envelope is bound to; opening under another id or digest fails. */
export function interviewContext(interview: string, digest: string): string {
  return `jpt/1 interview ${interview} ${digest}`
}

export function evidenceContext(interview: string, plainDigest: string): string {
  return `jpt/1 evidence ${interview} ${plainDigest}`
}

/** A key pair for one answer of the register, sealed to it so that only this page can read it. */
export async function answerKeys(): Promise<{ public_key: string; open(context: string, sealed: Bytes): Promise<Bytes> }> {
  const pair = await SUITE.kem.generateKeyPair()
  const raw = new Uint8Array(await SUITE.kem.serializePublicKey(pair.publicKey))
  return {
    public_key: base64url(raw),
    open: async (context, sealed) => {
      const recipient = await SUITE.createRecipientContext({ recipientKey: pair, enc: sealed.slice(0, ENC_BYTES).buffer, info: utf8(context).buffer })
      return new Uint8Array(await recipient.open(sealed.slice(ENC_BYTES).buffer))
    },
  }
}

/** `enc ‖ ciphertext`. `publicKey` is the ingest key: 65 raw bytes, base64url. */
export async function seal(publicKey: string, context: string, plain: Bytes): Promise<Bytes> {
  const recipientPublicKey = await SUITE.kem.deserializePublicKey(fromBase64url(publicKey).buffer)
  const sender = await SUITE.createSenderContext({ recipientPublicKey, info: utf8(context).buffer })
  const ciphertext = await sender.seal(plain.buffer.slice(plain.byteOffset, plain.byteOffset + plain.byteLength))
  return joined(new Uint8Array(sender.enc), new Uint8Array(ciphertext))
}
