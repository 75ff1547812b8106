/** What a tap does outside an interview: begin, send, rescue, check, install, sign out. */
import { askPersistence, persistence, readyChecks, writeReply } from '../offline/index.ts'
import { endSession, type Entry, entriesPage, labelOf, Problem, redoneEntries, releaseParked, rescueBundle, signOut, StorageTrouble, takeIn, tellSignOut } from '../outbox/index.ts'
import { forumActs } from '../forum/acts.ts'
import { language, setLanguage, t } from '../ui/language.ts'
import { interviewPath } from '../ui/router.ts'
import { say } from '../ui/undo.ts'
import { alone } from './alone.ts'
import { handOver } from './hand-over.ts'
import type { App } from './app.ts'
import { choose, forgot, recover, renew, tryUnlock } from './app-lock.ts'
import type { FrameActs } from './app-shell.ts'
import { correct } from './correcting.ts'
import { beginInterview, closeInterview, dropInterview, isInTrouble, openInterview, reopenInterview } from './interviews.ts'
import { reloadWork } from './session.ts'

const ENTRIES_A_PAGE = 30

/** Reads the outbox's first entries, or the next ones. */
export async function readEntries(app: App, more: boolean): Promise<void> {
  const { session, outbox } = app.state
  if (!session) return
  const last: Entry | null = more ? (outbox.entries.at(-1)?.entry ?? null) : null
  const limit = more ? ENTRIES_A_PAGE : Math.max(ENTRIES_A_PAGE, outbox.entries.length)
  const [page, redone] = await Promise.all([entriesPage(session.phone, limit, last), redoneEntries(session.phone)])
  const lines = await Promise.all(page.map(async (entry) => ({ entry, label: await labelOf(entry, session.vault), redone: redone.has(entry.digest) })))
  outbox.entries = more ? [...outbox.entries, ...lines] : lines
  outbox.more = page.length === limit
  app.render()
}

/** Each check of the ready page, made again. */
export async function checkReadiness(app: App): Promise<void> {
  const { state } = app
  if (!state.session) return
  state.ready.checks = await readyChecks(state.session.phone, state.session.vault)
  state.ready.persistence = await persistence()
  app.render()
}

/** The first thing worth keeping is about to be written: the tap asks the browser to keep it. */
async function begin(app: App, asked: Parameters<FrameActs['begin']>): Promise<void> {
  const [place, outcome, mode, note] = asked
  if (!app.state.session) return
  void askPersistence().catch(() => null)
  const open = await beginInterview(app.state, app.state.session, app.surroundings, { place, outcome, mode, note })
  if (!open) return say(t(isInTrouble(app.state) ? 'shell.trouble_first' : 'home.no_definition'))
  app.go(interviewPath(open.id, outcome === 'interviewed' ? 'notice' : 'finish'))
}

async function conclude(app: App, draft: string, outcome: Parameters<FrameActs['conclude']>[1], note: string): Promise<void> {
  if (!app.state.session) return
  const open = await openInterview(app.state, app.state.session, app.surroundings, draft)
  if (!open) return say(t(isInTrouble(app.state) ? 'shell.trouble_first' : 'shell.not_found'))
  open.change((document) => {
    document.outcome = outcome
    document.outcome_note = note
  })
  app.go(interviewPath(open.id, outcome === 'interviewed' ? 'notice' : 'finish'))
}

async function drop(app: App, draft: string): Promise<void> {
  const { state } = app
  if (!state.session) return
  const dropped = await dropInterview(state.session, draft)
  state.chosen.dropping = ''
  await app.refresh(reloadWork)
  app.go('/app/home')
  say(t(dropped ? 'home.dropped' : 'shell.read_only'))
}

async function reopen(app: App, draft: string): Promise<void> {
  if (!app.state.session) return
  const open = await reopenInterview(app.state, app.state.session, app.surroundings, draft).catch(heldElsewhere)
  if (open === 'held') return say(t('shell.read_only'))
  if (!open) return say(t(isInTrouble(app.state) ? 'shell.trouble_first' : 'home.reopen_gone'))
  app.go(interviewPath(open.id, open.document.outcome === 'interviewed' ? 'contents' : 'finish'))
}

function heldElsewhere(error: unknown): 'held' {
  if (error instanceof Problem && error.code === 'draft-held') return 'held'
  throw error
}

async function reply(app: App, finding: number, text: string): Promise<void> {
  const { session, chosen } = app.state
  if (!session) return
  const kept = await writeReply(session.phone, session.vault, finding, text).then(() => true, () => false)
  if (kept) chosen.reply = { finding: 0, text: '' }
  say(t(kept ? 'card.reply_kept' : 'card.reply_failed'))
  if (kept && navigator.onLine) void app.greet()
}

async function send(app: App): Promise<void> {
  const { outbox } = app.state
  outbox.sending = true
  app.render()
  const drained = await app.state.triggers?.now().catch(() => null)
  outbox.sending = false
  await readEntries(app, false)
  say(drained?.sent ? t('outbox.send_done', { count: drained.sent }) : t('outbox.send_none'))
}

async function rescue(app: App): Promise<void> {
  const { open, asking } = app.state
  const unsaved = [...((await open?.sealedNow()) ?? []), ...((await asking?.kept.sealedNow()) ?? [])]
  const missed: string[] = []
  const bundle = await rescueBundle(app.state.phone, unsaved, (digest) => missed.push(digest))
  void handOver(bundle, `jpt-rescue-${Date.now()}.bin`) // not waited for: some phones never say that their share sheet was closed
  if (missed.length) say(t('outbox.rescue_missed', { count: missed.length }))
}

async function receive(app: App, file: File): Promise<void> {
  const { outbox, phone } = app.state
  outbox.taken = 'reading'
  app.render()
  outbox.taken = await takeIn(phone, file).catch((error: unknown) => (error instanceof StorageTrouble ? 'unkept' : 'failed'))
  await readEntries(app, false)
  app.render()
  void app.state.triggers?.now()
}

async function persist(app: App): Promise<void> {
  app.state.ready.persistence = await askPersistence()
  await checkReadiness(app)
}

async function install(app: App): Promise<void> {
  await app.state.offer?.prompt()
  app.state.offer = null
  app.state.ready.installable = false
  app.render()
}

/** The lists go now; the session's end is told when there is a network. */
async function leave(app: App, discard: boolean): Promise<void> {
  const { state } = app
  if (!state.session) return
  if (!(await closeInterview(state))) return say(t('shell.trouble_first'))
  const { ended } = await signOut(state.phone, state.session.account.id, discard)
  await app.lock()
  if (await ended) location.assign('/sign-in')
}

/** Another volunteer's turn on this phone; the present one stays sealed. */
async function otherPerson(app: App): Promise<void> {
  const { phone, lock } = app.state
  if (!lock) return
  await signOut(phone, lock.account)
  await app.lock()
  await signIn(app)
}

/** What an earlier sign-out left open is ended first, so that one sign-in is enough; a key is given back only after a fresh one. */
async function signIn(app: App): Promise<void> {
  const { phone, lock } = app.state
  await endSession(phone)
  if (lock) await tellSignOut(phone)
  location.assign('/sign-in?next=/app/')
}

/** Everything the screens may call. */
export function actsOf(app: App): FrameActs {
  return {
    go: (path) => app.go(path),
    render: () => app.render(),
    begin: alone((...asked) => begin(app, asked)),
    conclude: alone((draft, outcome, note) => conclude(app, draft, outcome, note)),
    drop: alone((draft) => drop(app, draft)),
    reopen: alone((draft) => reopen(app, draft)),
    reply: alone((finding, text) => reply(app, finding, text)),
    forum: forumActs(app),
    correct: alone((interview, from) => correct(app, interview, from)),
    refreshLists: () => void app.greet(),
    send: () => void send(app),
    release: (digest) => void releaseParked(app.state.phone, digest).then(() => send(app)),
    moreEntries: alone(() => readEntries(app, true)), // the button and its coming into sight: the same page twice would be two lines of one key
    rescue: alone(() => rescue(app)),
    takeIn: alone((file) => receive(app, file)),
    check: () => void checkReadiness(app),
    persist: () => void persist(app),
    install: () => void install(app),
    switchLanguage: () => setLanguage(language() === 'th' ? 'en' : 'th'),
    signOut: alone((discard) => leave(app, discard)),
    signIn: alone(() => signIn(app)),
    otherPerson: alone(() => otherPerson(app)),
    unlock: () => void tryUnlock(app),
    choose: () => void choose(app),
    recover: () => app.state.lock && void recover(app, app.state.lock),
    forgot: () => void forgot(app),
    lockNow: () => app.state.phone.notices.tell('lock'),
    renewSecret: () => void renew(app),
    saveAgain: () => {
      void app.state.open?.save()
      void app.state.asking?.kept.save()
    },
    takeNewer: () => void app.takeNewer(),
    restart: () => location.reload(),
  }
}
