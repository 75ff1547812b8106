/** Ready for offline: each thing a day without a network needs, with its size and a tick. */
import { html, nothing, type TemplateResult } from 'lit-html'
import type { Check } from '../offline/index.ts'
import { badge, bigButton, bottomBar, noticeBox, screen, waiting } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { AppView } from './app-view.ts'

/** Bytes in the words people know. */
export function sizeWords(bytes: number): string {
  if (!bytes) return ''
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000)).toLocaleString('en')} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

function countWords({ count, wanted }: Check): string {
  if (wanted !== null && wanted > 1) return t('home.ready_count_of', { count, wanted })
  return wanted === null && count > 0 ? t('home.ready_count', { count }) : ''
}

function line(check: Check): TemplateResult {
  const more = [countWords(check), sizeWords(check.size)].filter(Boolean).join(' · ')
  return html`<li class="check"><span class="check__what">${t(`home.ready_check_${check.name}`)}${more ? html`<small>${more}</small>` : nothing}</span>
    ${check.ok ? badge('good', t('home.ready_ok'), 'check') : badge('warn', t('home.ready_not'), 'cross')}</li>`
}

function persistence({ ready, acts }: AppView): TemplateResult {
  const said = ready.persistence
  return html`<section class="card stack"><h2>${t('home.ready_check_persistence')}</h2>
    ${said === 'granted' ? noticeBox('good', t('home.persist_granted'), true) : nothing}
    ${said === 'refused' ? noticeBox('warn', t('home.persist_refused'), true) : nothing}
    ${said === 'granted' ? nothing : bigButton(t('home.persist_ask'), acts.persist, { wide: true, icon: 'lock' })}</section>`
}

/** Which advice fits this browser. */
export function installAdvice(agent: string, touchPoints: number): 'line' | 'ios' | 'menu' {
  if (/\bLine\/|FBAN|FBAV|; wv\)/.test(agent)) return 'line'
  const apple = /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1)
  return apple ? 'ios' : 'menu'
}

function install({ ready, acts }: AppView): TemplateResult {
  const advice = installAdvice(navigator.userAgent, navigator.maxTouchPoints)
  if (ready.installed) return noticeBox('good', t('home.install_done'))
  return html`<section class="card stack"><h2>${t('home.install_title')}</h2><p>${t('home.install_help')}</p>
    ${ready.installable ? bigButton(t('home.install_go'), acts.install, { wide: true, icon: 'phone' }) : noticeBox(advice === 'line' ? 'bad' : 'info', t(`home.install_${advice}`))}</section>`
}

/** พร้อมใช้ออฟไลน์. */
export function readyScreen(view: AppView): TemplateResult {
  const { ready, acts } = view
  const good = ready.checks?.every((check) => check.ok || check.name === 'persistence')
  return screen({
    title: t('home.ready_title'),
    body: html`<p class="help">${t('home.ready_help')}</p>
      ${ready.checks === null ? waiting(t('home.ready_checking')) : html`
        ${noticeBox(good ? 'good' : 'warn', t(good ? 'home.ready_good' : 'home.ready_bad'), true)}
        <ul class="checks card">${ready.checks.map(line)}</ul>
        ${bigButton(t('home.ready_again'), acts.check, { kind: 'secondary', wide: true })}`}
      ${persistence(view)}${install(view)}`,
    bar: bottomBar({ back: () => acts.go('/app/home') }),
  })
}
