/** The running app: state, routes, rendering, and what the world tells it. */
import { render } from 'lit-html'
import { comeOnline, persistence, registerWorker, takeOver } from '../offline/index.ts'
import { type Hello, isSignedOut, keepSending, openPhone, outboxStatus, type Phone, StorageTrouble } from '../outbox/index.ts'
import { enterAsking } from '../forum/acts.ts'
import { onLanguage, t } from '../ui/language.ts'
import { forumPath, interviewPath, type Route, Router } from '../ui/router.ts'
import { forgetUndo, onSaid, say } from '../ui/undo.ts'
import { mayRead } from '../vault/index.ts'
import { actsOf, checkReadiness, readEntries } from './app-acts.ts'
import { end, meet, shut } from './app-lock.ts'
import { type FrameActs, shell } from './app-shell.ts'
import { type AppState, freshState, type InstallOffer } from './app-state.ts'
import type { InterviewDocument } from './context.ts'
import { deviceName } from './device-name.ts'
import { sealedOf } from './done.ts'
import { focusScreen } from './focus.ts'
import { graceChosen, type IdleWorld, watchIdle } from './idle.ts'
import { closeInterview, isInTrouble, openInterview, watchPosition } from './interviews.ts'
import type { LockState } from './lock-state.ts'
import type { Surroundings } from './open-interview.ts'
import { stopReading, whenVoicesCome } from './read-aloud.ts'
import { openSession, reloadStatus, reloadWork, type Session } from './session.ts'

const IDLE_MS = 5 * 60_000

/** Somebody else's lock, or one that waited for the register's word. */
function isNews(lock: LockState | null, account: string): boolean {
  return lock === null || lock.account !== account || lock.outOfTouch
}

export class App {
  readonly state: AppState
  readonly surroundings: Surroundings
  private readonly root: HTMLElement
  private readonly router: Router
  private readonly acts: FrameActs
  private drawing = false
  private stale = false
  private topics = new Set<string>()

  constructor(root: HTMLElement, version: string) {
    this.root = root
    this.state = freshState(openPhone(version))
    this.router = new Router((route) => void this.enter(route))
    this.acts = actsOf(this)
    this.surroundings = {
      session: () => this.state.session as Session,
      render: () => this.render(),
      go: (path) => this.go(path),
      sealed: (document) => void this.sealed(document),
    }
  }

  get phone(): Phone {
    return this.state.phone
  }

  /** From the phone alone; the register is asked afterwards. */
  async start(): Promise<void> {
    this.listen()
    this.draw()
    try {
      await meet(this)
    } catch (error) {
      return this.stop(error)
    }
    this.router.start()
    this.startSending()
    void registerWorker(() => this.hearOfNewer()).then((worker) => {
      this.state.worker = worker
    }, () => undefined)
    watchIdle(this.clocks(), { idle: IDLE_MS, grace: graceChosen }, () => this.state.session && void this.lock())
    void this.countWhatIsLeft()
  }

  private clocks(): IdleWorld {
    const { now, uptime } = this.phone.world
    return { page: document, now, uptime }
  }

  /** The vault was opened: the screen of the address, and whatever it shows. */
  async arrive(): Promise<void> {
    await this.enter(this.state.route)
    void checkReadiness(this)
  }

  /** Drawn again once a second until the clock says so. */
  drawWhen(until: number): void {
    this.render()
    if (until > Date.now()) setTimeout(() => this.drawWhen(until), 1000)
  }

  private stop(error: unknown): void {
    this.state.stage = 'stopped'
    this.state.stoppedBy = error instanceof StorageTrouble ? error.kind : 'broken'
    this.draw()
  }

  private startSending(): void {
    this.state.triggers = keepSending(this.phone, { page: document, network: window, hello: () => this.greet() })
  }

  /** Asks the register who is signed in and what is new; without an answer the phone's own word stands. */
  async greet(): Promise<void> {
    this.state.fetching = true
    this.render()
    const persisted = (await persistence()) === 'granted'
    const { session } = this.state
    const vault = session?.vault ?? null
    const online = await comeOnline(this.phone, { deviceName: deviceName(navigator.userAgent), persisted }, vault).catch(() => null)
    this.state.fetching = false
    if (online) await this.hearWho(online.hello, session)
    this.render()
  }

  /** Who is signed in may be somebody else by now, nobody, or one who may no longer read here. */
  private async hearWho(hello: Hello, before: Session | null): Promise<void> {
    const { state } = this
    state.signedOut = hello.kind === 'signed-out'
    if (hello.kind === 'signed-out' && (await mayRead(this.phone)) === false) return end(this)
    if (hello.kind !== 'welcome') return
    if (state.session && state.session.account.id !== hello.account.id) return this.lock()
    if (!state.session && !before && isNews(state.lock, hello.account.id)) return meet(this)
    if (!state.session) return
    await this.refresh((known) => openSession(this.phone, known.vault))
    void checkReadiness(this)
  }

  private listen(): void {
    onSaid(() => this.render())
    onLanguage(() => this.render())
    whenVoicesCome(() => this.render())
    this.phone.notices.listen((topic) => void this.hear(topic))
    for (const name of ['online', 'offline']) addEventListener(name, () => this.render())
    addEventListener('pagehide', () => this.state.open?.pause())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.state.open?.pause())
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault()
      this.state.offer = event as InstallOffer
      this.state.ready.installable = true
      this.render()
    })
    this.state.ready.installed = matchMedia('(display-mode: standalone)').matches
  }

  /** While somebody types only the header's counts are read again; the lists wait. */
  private async hear(topic: string): Promise<void> {
    const { session, open, asking } = this.state
    if (!session) return this.hearLocked(topic)
    if (topic === 'lock') return this.lock()
    if ((open || asking) && topic === 'drafts') return
    this.topics.add(topic)
    if (this.stale) return
    this.stale = true
    await new Promise((resolve) => setTimeout(resolve, 150))
    const heard = this.topics
    Object.assign(this, { stale: false, topics: new Set<string>() })
    if (heard.has('account') && (await isSignedOut(this.phone))) return this.lock()
    await this.refresh((known) => this.readAnew(known, heard.has('lists')))
    if (this.state.route.name === 'outbox') await readEntries(this, false)
    this.render()
  }

  private readAnew(known: Session, lists: boolean): Promise<Session | null> {
    if (lists) return openSession(this.phone, known.vault)
    return this.state.open || this.state.asking ? reloadStatus(known) : reloadWork(known)
  }

  /** What was read takes the session's place, unless another reading came first or the phone was locked meanwhile. */
  async refresh(read: (known: Session) => Promise<Session | null>): Promise<void> {
    const known = this.state.session
    const fresh = known && (await read(known).catch(() => null))
    if (!known || !this.state.session) return
    if (this.state.session !== known) return this.refresh(read)
    if (fresh) this.state.session = fresh
  }

  private async hearLocked(topic: string): Promise<void> {
    if (topic === 'account' && this.state.stage === 'locked' && (await isSignedOut(this.phone))) await meet(this)
    await this.countWhatIsLeft()
  }

  /** Locked or signed out, perhaps in another tab: nothing that can be read stays on screen. */
  async lock(): Promise<void> {
    if (await shut(this)) await meet(this)
    this.render()
  }

  async countWhatIsLeft(): Promise<void> {
    this.state.left = await outboxStatus(this.phone).catch(() => null)
    this.render()
  }

  private hearOfNewer(): void {
    this.state.newer = true
    this.render()
  }

  async takeNewer(): Promise<void> {
    if (!(await closeInterview(this.state))) return say(t('shell.trouble_first'))
    const worker = this.state.worker
    if (worker && !(await takeOver(worker))) say(t('shell.new_version_later'))
  }

  go(path: string, instead = false): void {
    this.router.go(path, instead)
  }

  private async sealed(document: InterviewDocument): Promise<void> {
    this.state.chosen.sealed = sealedOf(document)
    this.go(`/app/done/${document.interview}`, true)
    void this.state.triggers?.now()
  }

  /** An address was opened. */
  private async enter(route: Route): Promise<void> {
    this.state.route = route
    forgetUndo()
    stopReading(() => undefined)
    if (!this.state.session) return this.draw()
    if (route.name === 'interview') return this.enterInterview(route)
    if (route.name === 'forum' && route.step) return enterAsking(this, route)
    const left = this.state.open !== null || this.state.asking !== null
    this.draw()
    focusScreen(this.root, false)
    if (left) {
      await closeInterview(this.state)
      await this.refresh(reloadWork)
    }
    if (route.name === 'outbox') await readEntries(this, false)
    if (route.name === 'ready') await checkReadiness(this)
    this.render()
  }

  private async enterInterview(route: Extract<Route, { name: 'interview' }>): Promise<void> {
    const open = this.state.open?.id === route.id ? this.state.open : await this.read(route.id)
    if (this.state.route !== route) return
    if (!open && isInTrouble(this.state)) return this.backToTrouble()
    if (open && route.step === 'resume') return this.go(interviewPath(open.id, open.lastStep), true)
    open?.show(route.step, route.part)
    if (open) watchPosition(open)
    this.show(open?.document.mode === 'paper')
  }

  /** To the answers that no disk takes: until they are saved nothing else is opened. */
  private backToTrouble(): void {
    const { open, asking } = this.state
    say(t('shell.trouble_first'))
    if (open) this.go(interviewPath(open.id, open.lastStep), true)
    else if (asking) this.go(forumPath(asking.forum.id, asking.house.id, asking.kept.draft.step), true)
  }

  /** The screen as it is now, its title read out; or, where somebody types, its first box. */
  show(typing = false): void {
    this.draw()
    focusScreen(this.root, typing)
  }

  private async read(id: string) {
    Object.assign(this.state, { opening: true, unread: false })
    this.draw()
    const open = await openInterview(this.state, this.state.session as Session, this.surroundings, id).catch(() => {
      this.state.unread = true
      return null
    })
    this.state.opening = false
    return open
  }

  /** Soon: several changes of one tap are drawn once. */
  render(): void {
    if (this.drawing) return
    this.drawing = true
    queueMicrotask(() => this.draw())
  }

  private draw(): void {
    this.drawing = false
    render(shell(this.state, this.acts), this.root)
    if (this.state.stage === 'locked' && document.activeElement === document.body) document.getElementById('lock-secret')?.focus()
  }
}
