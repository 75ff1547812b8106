/** Sealing to the register, the phone's own signature, and receipts that cannot be made by anybody else. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { base64url, sha256, utf8 } from '../../webapp/client/outbox/bytes.ts'
import { authorContext, deviceOf } from '../../webapp/client/outbox/device.ts'
import { verifiedPayload, verifiedReceipt } from '../../webapp/client/outbox/receipts.ts'
import { interviewContext, seal } from '../../webapp/client/outbox/seal.ts'
import type { Entry, ReceiptKey } from '../../webapp/client/outbox/records.ts'
import { aPhone } from './a-phone.ts'
import { jws, SUITE } from './a-register.ts'

const P256 = { name: 'ECDSA', namedCurve: 'P-256' }

async function sealedTo() {
  const keys = await SUITE.kem.generateKeyPair()
  const key = base64url(new Uint8Array(await SUITE.kem.serializePublicKey(keys.publicKey)))
  const open = async (context: string, bytes: Uint8Array<ArrayBuffer>) => {
    const enc = bytes.slice(0, 65).buffer
    const recipient = await SUITE.createRecipientContext({ recipientKey: keys, enc, info: utf8(context).buffer })
    return new Uint8Array(await recipient.open(bytes.slice(65).buffer))
  }
  return { key, open }
}

describe('a sealed interview', () => {
  test('opens with the register\'s key and its own context', async () => {
    const { key, open } = await sealedTo()
    const bytes = utf8('{"interview":"หนึ่ง"}')
    const sealed = await seal(key, interviewContext('i', 'd'), bytes)
    assert.equal(sealed.length, 65 + bytes.length + 16)
    assert.deepEqual(await open('jpt/1 interview i d', sealed), bytes)
  })

  test('does not open as another interview', async () => {
    const { key, open } = await sealedTo()
    const sealed = await seal(key, interviewContext('i', 'd'), utf8('x'))
    await assert.rejects(open('jpt/1 interview j d', sealed))
  })

  test('seals part of a longer buffer without the rest', async () => {
    const { key, open } = await sealedTo()
    const part = new Uint8Array(new ArrayBuffer(100), 10, 5).fill(7)
    assert.deepEqual(await open('c', await seal(key, 'c', part)), new Uint8Array(5).fill(7))
  })
})

describe('the phone\'s own key', () => {
  test('is made once, and what it signs its public half confirms', async (t) => {
    const phone = await aPhone(t)
    const [one, other] = await Promise.all([deviceOf(phone), deviceOf(phone)])
    assert.equal(one.id, other.id)
    const signature = await one.sign(authorContext('i', 'd'))
    const key = await crypto.subtle.importKey('jwk', other.public_key, P256, false, ['verify'])
    const raw = Uint8Array.from(Buffer.from(signature, 'base64url'))
    assert.equal(raw.length, 64)
    assert.ok(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, raw, utf8('jpt/1 author i d')))
  })
})

describe('a receipt', () => {
  const entry = { interview: 'i', digest: 'd', evidence: [] } as unknown as Entry
  const payload = { interview: 'i', digest: 'd', level: 'data', evidence: [], at: '2026-11-23T02:00:00Z', epoch: 'e1' }

  async function signer() {
    const keys = await crypto.subtle.generateKey(P256, true, ['sign', 'verify'])
    return { keys, known: [{ ...(await crypto.subtle.exportKey('jwk', keys.publicKey)), kid: 'r1' } as ReceiptKey] }
  }

  test('is believed when a known key signed it about these bytes', async () => {
    const { keys, known } = await signer()
    assert.deepEqual(await verifiedReceipt(await jws(keys, payload), known, entry), payload)
  })

  for (const [what, changed] of [
    ['another interview', { interview: 'j' }], ['other bytes', { digest: 'e' }], ['an unknown level', { level: 'sent' }], ['no list of evidence', { evidence: null }],
  ] as const) {
    test(`about ${what} is none`, async () => {
      const { keys, known } = await signer()
      assert.equal(await verifiedReceipt(await jws(keys, { ...payload, ...changed }), known, entry), null)
    })
  }

  test('signed by somebody else, without a signature or with another algorithm is none', async () => {
    const [{ keys }, { keys: foreign, known }] = [await signer(), await signer()]
    const unsigned = await jws(foreign, payload, { alg: 'none', kid: 'r1' })
    const otherKid = await jws(foreign, payload, { alg: 'ES256', kid: 'r2' })
    for (const bad of [await jws(keys, payload), unsigned, otherKid, 'a.b.c', '', null, 7]) {
      assert.equal(await verifiedPayload(bad, known), null)
    }
  })

  test('changed after it was signed is none', async () => {
    const { keys, known } = await signer()
    const [head, , signature] = (await jws(keys, payload)).split('.')
    const other = base64url(utf8(JSON.stringify({ ...payload, level: 'complete' })))
    assert.equal(await verifiedPayload(`${head}.${other}.${signature}`, known), null)
  })
})

test('digests are lower hex', async () => {
  assert.equal(await sha256(utf8('')), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})
