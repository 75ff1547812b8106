/** The outbox: what waits on this phone, what the register has signed for, and what a person must look at. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import { badge, bigButton, bottomBar, empty, linkButton, noticeBox, screen, waiting, type Tone } from '../ui/components.ts'
import { thaiTime } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import type { AppView, OutboxState } from './app-view.ts'
import { pauseWords, problemWords, statusWords } from './outbox-words.ts'
import { whenSeen } from './when-seen.ts'

const TONES: Record<string, [Tone | 'quiet', string]> = {
  waiting: ['info', 'wait'], sending: ['info', 'send'], custody: ['info', 'lock'], data: ['info', 'camera'],
  complete: ['good', 'check'], purgeable: ['good', 'check'], parked: ['bad', 'warn'],
}

type Line = OutboxState['entries'][number]

/** Villages of the list, and those of forums. */
const placesOf = ({ session }: AppView) => [...session.villages, ...session.forums.map(({ village }) => village)]

function nameOf(view: AppView, { label, entry }: Line): string {
  if (!label) return t(entry.handed_in ? 'outbox.handed_in' : 'outbox.other_volunteer')
  const village = placesOf(view).find(({ code }) => code === label.village)?.name_th ?? ''
  return [entry.forum ? t('forum.entry') : '', label.house_number ? t('home.house', { number: label.house_number }) : t('home.house_unnumbered'), village].filter(Boolean).join(' · ')
}

function explained({ session, acts }: AppView, { entry, redone }: Line): unknown {
  if (redone) return html`<p class="help">${t('outbox.redone_help')}</p>`
  const words = problemWords(entry)
  if (entry.state === 'parked') return noticeBox('bad', html`<p>${words}</p><p>${t('outbox.parked_help')}</p>${bigButton(t('outbox.parked_again'), () => acts.release(entry.digest), { kind: 'secondary' })}`)
  const tries = entry.tries > 0 && entry.due !== undefined ? t('outbox.tries', { tries: entry.tries, time: thaiTime(entry.due, new Date(session.phone.world.now())) }) : ''
  return words || tries ? html`<p class="help">${words} ${tries}</p>` : nothing
}

function item(view: AppView, line: Line): TemplateResult {
  const { entry, redone } = line
  const [tone, drawing] = redone ? ['quiet' as const, 'info'] : (TONES[entry.state] ?? ['quiet', 'info'])
  const now = new Date(view.session.phone.world.now())
  const finished = t('outbox.finished', { time: thaiTime(entry.finished_at, now) })
  const receipt = entry.receipt_at ? t('outbox.receipt', { time: thaiTime(entry.receipt_at, now) }) : ''
  return html`<li class="entry"><div class="entry__head"><span class="entry__name">${nameOf(view, line)}${entry.number > 1 ? ` · ${t('outbox.revision', { number: entry.number })}` : ''}</span>
    ${badge(tone, t(redone ? 'outbox.state_redone' : `outbox.state_${entry.state}`), drawing)}</div>
    <p class="help">${[finished, receipt].filter(Boolean).join(' · ')}</p>${explained(view, line)}</li>`
}

function send({ session, outbox, acts, online }: AppView): unknown {
  const { status } = session
  if (outbox.sending) return waiting(t('outbox.sending_now'))
  if (!status.unsent && !status.awaiting_evidence) return nothing
  return html`${status.stopped === 'signed-out' ? noticeBox('warn', html`<p>${t('outbox.stopped_signed_out')}</p><a class="button button--primary" href="/sign-in?next=/app/outbox">${t('shell.sign_in')}</a>`) : nothing}
    ${bigButton(t('outbox.send_now'), acts.send, { icon: 'send', wide: true, disabled: !online })}`
}

/** กล่องรอส่ง. */
export function outboxScreen(view: AppView): TemplateResult {
  const { outbox, session, acts } = view
  const words = statusWords(session.status)
  const pause = pauseWords(session.status, session.phone.world.now())
  return screen({
    title: t('outbox.title'),
    body: html`${noticeBox(words.tone === 'quiet' ? 'info' : words.tone, html`<p><strong>${words.words}</strong></p>${pause ? html`<p>${pause}</p>` : nothing}`, true)}
      ${send(view)}
      ${outbox.entries.length
        ? html`<ul class="entries">${repeat(outbox.entries, ({ entry }) => entry.digest, (line) => item(view, line))}</ul>
          ${outbox.more ? html`<div ${whenSeen(acts.moreEntries)}>${bigButton(t('outbox.more'), acts.moreEntries, { kind: 'secondary', wide: true })}</div>` : nothing}`
        : empty(t('outbox.empty'), t('outbox.empty_advice'))}
      <p class="help">${t('outbox.kept')}</p>${linkButton(t('outbox.rescue_link'), '/app/rescue', { icon: 'warn', wide: true })}`,
    bar: bottomBar({ back: () => acts.go('/app/home') }),
  })
}
