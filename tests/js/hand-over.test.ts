/** A rescue file reaches the person, by whichever way the phone has. */
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { handOver } from '../../webapp/client/interview/hand-over.ts'

/** How many files are downloaded by a phone whose sharing ends so. */
async function downloads(t: { after(act: () => void): void }, share: (() => Promise<void>) | null): Promise<number> {
  const click = mock.fn()
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator')!
  t.after(() => Object.defineProperty(globalThis, 'navigator', before))
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: share ? { canShare: () => true, share } : {} })
  Object.assign(globalThis, { document: { createElement: () => ({ click }) } })
  t.after(() => void Reflect.deleteProperty(globalThis, 'document'))
  mock.timers.enable({ apis: ['setTimeout'] })
  t.after(() => mock.timers.reset())
  await handOver(new Blob(['sealed']), 'jpt-rescue.bin')
  return click.mock.callCount()
}

const refusing = (name: string) => () => Promise.reject(new DOMException('for the test', name))

test('it is downloaded where nothing is shared', async (t) => assert.equal(await downloads(t, null), 1))
test('it is shared where the phone shares files', async (t) => assert.equal(await downloads(t, async () => undefined), 0))
test('closing the share sheet is an answer', async (t) => assert.equal(await downloads(t, refusing('AbortError')), 0))
test('it is downloaded when the tap lies too far back for sharing', async (t) => assert.equal(await downloads(t, refusing('NotAllowedError')), 1))
