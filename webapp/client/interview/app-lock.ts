/** The app's lock: who may look, choosing and giving the secret, and everything that shuts the phone again. */
import { askForKey, chooseSecret, dropWrap, type HandedBack, isOutOfTouch, lockedVault, plainSecret, secretProblem, unlock, type Vault } from '../vault/index.ts'
import { beEnded, clearLists, isEnded, isSignedOut, registerOf } from '../outbox/index.ts'
import type { App } from './app.ts'
import { nothingChosen } from './app-view.ts'
import { closeInterview, isInTrouble } from './interviews.ts'
import { freshLock, type LockState } from './lock-state.ts'
import { openSession } from './session.ts'
import { forgetUndo } from '../ui/undo.ts'

/** Whose phone this is, and what they must do before it shows anything. */
export async function meet(app: App): Promise<void> {
  const { phone, state } = { phone: app.state.phone, state: app.state }
  const register = (await isSignedOut(phone)) ? null : await registerOf(phone)
  state.ended = await isEnded(phone)
  if (!register) {
    state.stage = 'first'
    return
  }
  const row = await lockedVault(phone, register.account.id)
  const lock = freshLock(register.account.id, row?.wrap?.kind ?? 'pin', row?.wait_until ?? 0)
  lock.outOfTouch = isOutOfTouch(register, phone.world)
  lock.purpose = row === null ? 'choose' : row.wrap ? 'unlock' : 'recover'
  state.lock = lock
  state.stage = 'locked'
  if (lock.purpose === 'recover') void recover(app, lock)
}

/** The vault is open: the volunteer's work is on screen. */
async function opened(app: App, vault: Vault): Promise<void> {
  const { state } = app
  state.session = await openSession(state.phone, vault)
  state.lock = null
  state.stage = state.session ? 'ready' : 'first'
  await app.arrive()
  void app.greet()
}

/** One at a time; what goes wrong is said and nothing is lost. */
async function busily(app: App, lock: LockState, work: () => Promise<void>): Promise<void> {
  if (lock.busy) return
  Object.assign(lock, { busy: true, problem: '' })
  app.render()
  await new Promise((resolve) => setTimeout(resolve, 30)) // the word that it takes a moment is drawn before the phone is busy
  try {
    await work()
  } catch {
    lock.problem = 'lock.failed'
  }
  lock.busy = false
  app.render()
}

export function tryUnlock(app: App): Promise<void> {
  const lock = app.state.lock as LockState
  return busily(app, lock, async () => {
    const attempt = await unlock(app.state.phone, lock.account, lock.typed)
    lock.typed = ''
    if (attempt.kind === 'open') return lock.renewing ? chooseAgain(lock, attempt.raw) : opened(app, attempt.vault)
    if (attempt.kind === 'gone') return goneAfterTries(app, lock)
    lock.wait_until = attempt.wait_until
    lock.left = attempt.kind === 'wrong' ? attempt.left : lock.left
    lock.problem = attempt.kind === 'wrong' ? 'lock.wrong' : ''
    app.drawWhen(attempt.wait_until)
  })
}

function chooseAgain(lock: LockState, raw: LockState['given']): void {
  Object.assign(lock, { purpose: 'choose', given: raw, kind: 'pin' })
}

async function goneAfterTries(app: App, lock: LockState): Promise<void> {
  lock.purpose = 'recover'
  lock.problem = 'lock.gone'
}

export function choose(app: App): Promise<void> {
  const lock = app.state.lock as LockState
  const { kind, typed, again, given, account } = lock
  const weak = secretProblem(kind, typed)
  const differs = plainSecret(kind, typed) !== plainSecret(kind, again)
  if (weak || differs) {
    lock.problem = weak ? `lock.weak_${weak}` : 'lock.differs'
    app.render()
    return Promise.resolve()
  }
  return busily(app, lock, async () => {
    const vault = await chooseSecret(app.state.phone, account, { kind, typed }, given)
    if (!given) await clearLists(app.state.phone)
    await opened(app, vault)
  })
}

/** The register gives the key back to who has just signed in; otherwise they are asked to. */
export function recover(app: App, lock: LockState): Promise<void> {
  return busily(app, lock, async () => takeBack(lock, await askForKey(app.state.phone, lock.account)))
}

function takeBack(lock: LockState, back: HandedBack): void {
  if (back.kind === 'key') return chooseAgain(lock, back.raw)
  lock.purpose = 'recover'
  lock.problem = `lock.recover_${back.kind.replace('-', '_')}`
}

/** Forgotten: from now on only a sign-in opens the phone, and a new secret is chosen after it. Without an answer of the register the old one stays: who remembers it after all goes on. */
export function forgot(app: App): Promise<void> {
  const lock = app.state.lock as LockState
  return busily(app, lock, async () => {
    const back = await askForKey(app.state.phone, lock.account)
    if (back.kind === 'offline') {
      lock.problem = 'lock.recover_offline'
      return
    }
    await dropWrap(app.state.phone, lock.account)
    takeBack(lock, back)
  })
}

/** Nothing that can be read stays on screen or in memory. False while answers that no disk would take are on screen: they stay. */
export async function shut(app: App): Promise<boolean> {
  const { state } = app
  if (isInTrouble(state) || !(await closeInterview(state))) return false
  state.session?.vault.close()
  Object.assign(state, { session: null, chosen: nothingChosen() })
  state.outbox.entries = []
  state.ready.checks = null
  forgetUndo()
  await app.countWhatIsLeft()
  return true
}

/** The volunteer wants another secret: the present one first. */
export async function renew(app: App): Promise<void> {
  await app.lock()
  if (app.state.lock) app.state.lock.renewing = true
  app.render()
}

/** The register no longer lets this volunteer read here. */
export async function end(app: App): Promise<void> {
  const register = await registerOf(app.state.phone)
  if (!register || (await isSignedOut(app.state.phone))) return
  await beEnded(app.state.phone, register.account.id)
  await app.lock()
}
