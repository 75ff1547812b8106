/** What stays readable on the phone is readable only as the record it is, by the volunteer it is for. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { forgetVault, type KeySource, openVault } from '../../webapp/client/vault/index.ts'
import { Problem } from '../../webapp/client/outbox/index.ts'
import { aPhone } from './a-phone.ts'

const damaged = { code: 'record-damaged' }

describe('a vault', () => {
  test('gives back values and bytes as they were', async (t) => {
    const { vault } = await aPhone(t)
    const value = { ชื่อ: 'สมหญิง', ages: [1, null] }
    assert.deepEqual(await vault.open('draft', 'd1', await vault.seal('draft', 'd1', value)), value)
    const bytes = new Uint8Array([0, 255, 7])
    assert.deepEqual(await vault.open('file', 'f1', await vault.seal('file', 'f1', bytes)), bytes)
  })

  test('shows nothing of what it sealed, and never the same bytes twice', async (t) => {
    const { vault } = await aPhone(t)
    const [one, other] = [await vault.seal('draft', 'd', 'สมหญิง'), await vault.seal('draft', 'd', 'สมหญิง')]
    assert.ok(!Buffer.from(one).includes(Buffer.from('สมหญิง')))
    assert.notDeepEqual(one, other)
  })

  test('refuses bytes moved to another record, kind or account', async (t) => {
    const { vault, work } = await aPhone(t)
    const sealed = await vault.seal('draft', 'd1', 'x')
    await assert.rejects(vault.open('draft', 'd2', sealed), damaged)
    await assert.rejects(vault.open('household', 'd1', sealed), damaged)
    await assert.rejects((await openVault(work, 'a2')).open('draft', 'd1', sealed), damaged)
  })

  test('refuses bytes that were altered, their header included', async (t) => {
    const { vault } = await aPhone(t)
    for (const at of [0, 1, 5, 20]) {
      const sealed = await vault.seal('draft', 'd', 'some text')
      sealed[at]! ^= 1
      await assert.rejects(vault.open('draft', 'd', sealed), damaged)
    }
  })

  test('opened in two tabs at once has one key, which script cannot read', async (t) => {
    const { work } = await aPhone(t)
    const [one, other] = await Promise.all([openVault(work, 'new'), openVault(work, 'new')])
    assert.equal(await other.open('k', 'i', await one.seal('k', 'i', 'both')), 'both')
    const row = await work.read(['keys'], (transaction) => transaction.objectStore('keys').get('vault:new'))
    assert.equal(row?.kind === 'vault' && row.key.extractable, false)
  })

  test('forgotten, opens nothing any more', async (t) => {
    const { vault, work } = await aPhone(t)
    const sealed = await vault.seal('draft', 'd', 'x')
    await forgetVault(work, 'a1')
    await assert.rejects((await openVault(work, 'a1')).open('draft', 'd', sealed), damaged)
  })

  test('takes its key from another source where there is one, which may ask a person first', async (t) => {
    const { work } = await aPhone(t)
    const locked: KeySource = {
      open: async () => {
        throw new Problem('vault-closed')
      },
      keep: async () => undefined,
      forget: async () => undefined,
    }
    await assert.rejects(openVault(work, 'a1', locked), { code: 'vault-closed' })
  })
})
