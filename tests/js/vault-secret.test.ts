/** What may be chosen as a PIN or passphrase. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { secretProblem } from '../../webapp/client/vault/index.ts'

describe('a PIN', () => {
  for (const good of ['739182', '480137', '๔๘๐๑๓๗', '83920174', '602 918'])
    test(`may be ${good}`, () => assert.equal(secretProblem('pin', good), null))
  const bad = {
    '73918': 'short', '': 'short', '73918a': 'not_digits', '111111': 'repeats', '121212': 'repeats', '123123': 'repeats', '112211': 'repeats',
    '123456': 'sequence', '654321': 'sequence', '890123': 'sequence', '024680': 'sequence',
    '170523': 'birthday', '๑๗๐๕๒๓': 'birthday', '230517': 'birthday', '17052523': 'birthday', '25230517': 'birthday',
  }
  for (const [pin, why] of Object.entries(bad)) test(`must not be “${pin}” (${why})`, () => assert.equal(secretProblem('pin', pin), why))
})

describe('a passphrase', () => {
  test('is ten letters or more, spaces at its ends not counted', () => {
    assert.equal(secretProblem('passphrase', 'ข้ามโขงตอนเช้า'), null)
    assert.equal(secretProblem('passphrase', '  ข้ามโขง   '), 'short')
    assert.equal(secretProblem('passphrase', 'abababababab'), 'repeats')
  })
})
