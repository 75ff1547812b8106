/** What is on screen: header, what must be known now, the screen of the route, the strip at the foot. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { keyed } from 'lit-html/directives/keyed.js'
import { forumScreens } from '../forum/screens.ts'
import { bigButton, header, linkButton, noticeBox, screen, waiting } from '../ui/components.ts'
import { language, t } from '../ui/language.ts'
import { saidStrip } from '../ui/undo.ts'
import type { AppState } from './app-state.ts'
import type { Acts, AppView } from './app-view.ts'
import { doneScreen } from './done.ts'
import { announcedScreen } from './announced.ts'
import { homeScreen } from './home.ts'
import { householdScreen } from './household.ts'
import { type LockActs, lockScreen } from './lock-screen.ts'
import { menuScreen } from './menu.ts'
import { newHouseholdScreen } from './new-household.ts'
import { ownCardScreen } from './own-card.ts'
import { outboxScreen } from './outbox-screen.ts'
import { statusWords } from './outbox-words.ts'
import { readyScreen } from './ready.ts'
import { rescueScreen } from './rescue.ts'
import { planScreen } from './service-plan.ts'
import { screens } from './screens.ts'
import { villageOf } from './session.ts'

/** What only the frame of the app can do. */
export interface FrameActs extends Acts, LockActs {
  saveAgain(): void
  takeNewer(): void
  restart(): void
}

function top(state: AppState): TemplateResult {
  const { session, open } = state
  const counts = session?.status ?? state.left
  const status = counts ? statusWords(counts) : { tone: 'quiet' as const, words: '…' }
  const number = open?.document.household.house_number
  const where = open && state.route.name === 'interview' ? (number ? t('home.house', { number }) : t('home.house_unnumbered')) : t('shell.app_name')
  const village = open && session ? villageOf(session, open.document.household.village)?.name_th : session?.account.name
  return header({
    title: where,
    ...(village ? { subtitle: village } : {}),
    home: '/app/home',
    outbox: { ...status, href: '/app/outbox' },
    demo: session?.register.demo ?? document.body.dataset.demo === '1',
  })
}

/** Said above the screen, never in front of it. */
function banners(state: AppState, acts: FrameActs): TemplateResult {
  const { open, asking, route } = state
  const trouble = open?.trouble ?? asking?.kept.trouble
  const readOnly = (open?.readOnly && !open.isSealing && route.name === 'interview') || asking?.kept.heldElsewhere
  return html`<div class="banners">
    ${trouble ? noticeBox('bad', html`<p>${t(`shell.trouble_${trouble === 'full' || trouble === 'closed' ? trouble : 'broken'}`)}</p>
      <div class="actions">${bigButton(t('shell.trouble_again'), acts.saveAgain)}${bigButton(t('shell.trouble_bundle'), acts.rescue, { kind: 'secondary' })}</div>`, true) : nothing}
    ${readOnly ? noticeBox('warn', t(open?.heldElsewhere || asking ? 'shell.read_only' : 'shell.finished_only'), true) : nothing}
    ${state.newer && route.name !== 'interview' && !asking ? noticeBox('info', html`<div class="actions"><span>${t('shell.new_version')}</span>${bigButton(t('shell.new_version_take'), acts.takeNewer)}</div>`, true) : nothing}
  </div>`
}

function interview(state: AppState, acts: FrameActs): TemplateResult {
  const { open, route } = state
  const show = route.name === 'interview' ? screens[route.step] : undefined
  if (open && show) return show(open)
  if (state.opening) return html`<main id="main" class="screen">${waiting(t('shell.loading'))}</main>`
  if (state.unread) return screen({ title: t('shell.unread_title'), body: html`${noticeBox('bad', t('shell.unread'))}${bigButton(t('shell.stopped_again'), acts.restart)}` })
  return screen({ title: t('shell.not_found_title'), body: html`${noticeBox('info', t('shell.not_found'))}${bigButton(t('shell.go_home'), () => acts.go('/app/home'))}` })
}

function routed(state: AppState, view: AppView, acts: FrameActs): TemplateResult {
  const { route } = state
  if (route.name === 'interview') return interview(state, acts)
  if (route.name === 'forum') return forumScreens(view, route, state.asking)
  if (route.name === 'household') return householdScreen(view, route.id)
  if (route.name === 'done') return doneScreen(view, route.id)
  if (route.name === 'ready') return readyScreen(view)
  if (route.name === 'announced') return announcedScreen(view)
  if (route.name === 'plan') return planScreen(view)
  if (route.name === 'card') return ownCardScreen(view)
  if (route.name === 'menu') return menuScreen(view)
  if (route.name === 'outbox') return outboxScreen(view)
  return route.name === 'new' ? newHouseholdScreen(view) : homeScreen(view)
}

function first({ left, ended }: AppState, acts: FrameActs): TemplateResult {
  return screen({
    title: t('shell.first_title'),
    body: html`${ended ? noticeBox('warn', t('lock.ended')) : nothing}${left?.unsent ? noticeBox('info', t('outbox.left_here', { count: left.unsent })) : nothing}<p>${t(navigator.onLine ? 'shell.first_online' : 'shell.first_offline')}</p>
      ${bigButton(t('shell.sign_in'), acts.signIn, { wide: true })}
      ${linkButton(t('outbox.rescue_link'), '/app/rescue', { icon: 'warn', wide: true })}`,
  })
}

function stopped(state: AppState, acts: FrameActs): TemplateResult {
  const why = state.stoppedBy === 'newer' || state.stoppedBy === 'blocked' ? 'newer' : 'storage'
  return screen({ title: t('shell.stopped_title'), body: html`${noticeBox('bad', t(`shell.stopped_${why}`))}${bigButton(t('shell.stopped_again'), acts.restart)}` })
}

function rescue({ outbox, session, left }: AppState, acts: FrameActs): TemplateResult {
  const counts = session?.status ?? left
  const unsent = counts ? counts.unsent + counts.awaiting_evidence : 0
  return rescueScreen({ outbox, unsent, rescue: acts.rescue, takeIn: acts.takeIn, back: () => acts.go('/app/home') })
}

function content(state: AppState, acts: FrameActs): TemplateResult {
  const { session } = state
  if (state.stage === 'stopped') return stopped(state, acts)
  if (state.route.name === 'rescue') return rescue(state, acts)
  if (state.stage === 'first') return first(state, acts)
  if (state.stage === 'locked' && state.lock) return lockScreen(state.lock, acts, state.left?.unsent ?? 0)
  if (!session) return html`<main id="main" class="screen">${waiting(t('shell.loading'))}</main>`
  const { chosen, ready, outbox, fetching, signedOut } = state
  const view: AppView = { session, chosen, ready, outbox, fetching, signedOut, online: navigator.onLine, acts }
  return routed(state, view, acts)
}

/** The interview is Thai whatever language the menus are in. */
function spoken({ route }: AppState, shown: TemplateResult): TemplateResult {
  const asks = route.name === 'interview' || (route.name === 'forum' && route.step !== '')
  return asks && language() !== 'th' ? html`<div class="as-is" lang="th">${shown}</div>` : shown
}

/** The whole page under <body>; each address has elements of its own, so no box keeps another's text. */
export function shell(state: AppState, acts: FrameActs): TemplateResult {
  return html`<a class="skip" href="#main">${t('shell.skip')}</a>${top(state)}${banners(state, acts)}${keyed(location.pathname, spoken(state, content(state, acts)))}${saidStrip()}`
}
