/** What is seldom needed: ready for offline, language, signing out with care for what is unfinished. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { bigButton, bottomBar, choiceButtons, linkButton, noticeBox, screen } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { AppView } from './app-view.ts'
import { cardLink } from './own-card.ts'
import { chooseGrace, graceChosen, GRACES } from './idle.ts'

/** A second tap, in the page itself, before anything unfinished is locked away. */
function signingOut(view: AppView): TemplateResult {
  const { session, chosen, acts } = view
  const drafts = session.drafts.filter((draft) => !draft.finished).length
  const close = () => {
    chosen.signingOut = false
    acts.render()
  }
  return noticeBox('warn', html`
    <p>${session.status.unsent ? t('outbox.sign_out_unsent', { count: session.status.unsent }) : t('outbox.sign_out_none')}</p>
    ${drafts ? html`<p>${t('outbox.sign_out_drafts', { count: drafts })}</p>` : nothing}
    <div class="actions">${bigButton(t('shell.sign_out'), () => acts.signOut(false), { kind: 'bad' })}${bigButton(t('outbox.sign_out_stay'), close, { kind: 'secondary' })}</div>`, true)
}

/** How soon the phone locks when it is put away, locking it now, and another PIN. */
function lockPart({ acts }: AppView): TemplateResult {
  return html`<details class="more card"><summary>${t('lock.menu')}</summary><div class="stack">
    ${bigButton(t('lock.now'), acts.lockNow, { kind: 'secondary', icon: 'lock', wide: true })}
    ${choiceButtons({
      id: 'lock-grace', legend: t('lock.grace'), value: String(graceChosen()),
      options: GRACES.map((grace) => ({ name: String(grace), label_th: t(`lock.grace_${grace / 60_000}`) })),
      onChange: (name) => {
        chooseGrace(Number(name))
        acts.render()
      },
    })}
    <p class="help">${t('lock.idle')}</p>
    ${bigButton(t('lock.renew_go'), acts.renewSecret, { kind: 'secondary', wide: true })}</div></details>`
}

/** On a desk at the side of home, on a phone a screen of its own. */
export function menu(view: AppView): TemplateResult {
  const { chosen, acts, ready } = view
  const ask = () => {
    chosen.signingOut = true
    acts.render()
  }
  const isReady = ready.checks?.every((check) => check.ok)
  return html`<nav class="stack" aria-label=${t('home.menu')}>
    ${linkButton(t('home.outbox_link'), '/app/outbox', { icon: 'send', wide: true })}
    ${cardLink(view, false)}
    ${linkButton(t(isReady ? 'home.ready_link_good' : 'home.ready_link'), '/app/ready', { icon: isReady ? 'check' : 'phone', wide: true })}
    ${linkButton(t('plan.menu'), '/app/plan', { icon: 'info', wide: true })}
    ${linkButton(t('outbox.rescue_link'), '/app/rescue', { icon: 'warn', wide: true })}
    ${view.online ? [
      linkButton(t('home.progress_link'), '/progress', { icon: 'info', wide: true }),
      linkButton(t('home.account_link'), '/me', { icon: 'lock', wide: true }),
    ] : nothing}
    ${lockPart(view)}
    <div class="actions">
      <button type="button" class="button button--quiet" lang=${t('shell.language') === 'English' ? 'en' : 'th'} @click=${acts.switchLanguage}>${t('shell.language')}</button>
      ${bigButton(t('shell.sign_out'), ask, { kind: 'quiet', icon: 'out' })}</div>
    ${chosen.signingOut ? signingOut(view) : nothing}</nav>`
}

/** เมนู. */
export function menuScreen(view: AppView): TemplateResult {
  return screen({ title: t('home.menu'), body: menu(view), bar: bottomBar({ back: () => view.acts.go('/app/home') }) })
}
