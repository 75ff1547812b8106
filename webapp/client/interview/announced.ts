/** ประกาศ: what the offices announce, as last fetched. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { type Announced, markAnnouncedRead } from '../offline/index.ts'
import { badge, bottomBar, empty, linkButton, noticeBox, screen } from '../ui/components.ts'
import { thaiDate, thaiTime } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import type { AppView } from './app-view.ts'
import { trustedNow } from './session.ts'

/** The way to the notices, with how many are unread; nothing where there are none. */
export function announcedLink({ session }: AppView): TemplateResult | typeof nothing {
  const fresh = session.announced.filter(({ read }) => !read).length
  if (!session.announced.length) return nothing
  return linkButton(fresh ? t('home.announced_new', { count: fresh }) : t('home.announced'), '/app/announced', { icon: fresh ? 'info' : 'paper', wide: true })
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

function documents({ files }: Announced, online: boolean): TemplateResult | typeof nothing {
  if (!files.length) return nothing
  return html`<ul class="announced__files">${files.map((file) => html`<li>${online ? html`<a class="button button--secondary" href=${file.url} download>${file.name} · ${size(file.size)}</a>` : html`${file.name} · ${size(file.size)}`}</li>`)}</ul>
    ${online ? nothing : html`<p class="help">${t('home.announced_files_later')}</p>`}`
}

function notice(view: AppView, one: Announced): TemplateResult {
  const { session, online } = view
  const opened = (event: Event) => {
    if ((event.target as HTMLDetailsElement).open && !one.read) void markAnnouncedRead(session.phone, session.vault, one.id)
  }
  return html`<li class="card announced"><details @toggle=${opened}>
    <summary class="announced__title">${one.title_th} ${one.read ? nothing : badge('info', t('home.announced_fresh'))}</summary>
    <div class="stack" lang="th">
      ${one.held_on ? html`<p><strong>${t('home.announced_held', { date: thaiDate(one.held_on, true) })}</strong></p>` : nothing}
      ${one.text_th.split('\n').filter((line) => line.trim()).map((line) => html`<p>${line}</p>`)}
      ${one.video_url ? html`<p><a class="button button--secondary" href=${one.video_url} target="_blank" rel="noopener noreferrer">${t('home.announced_video')}</a></p>` : nothing}
      ${documents(one, online)}</div></details>
    <p class="help">${thaiTime(one.published_at, trustedNow(session))} · ${one.area_th}</p></li>`
}

/** The newest first; each opens in its place. */
export function announcedScreen(view: AppView): TemplateResult {
  const { session, online } = view
  return screen({
    title: t('home.announced'),
    body: html`<div class="stack">${online ? nothing : noticeBox('info', t('home.announced_offline'))}
      ${session.announced.length ? html`<ul class="stack announced-list">${session.announced.map((one) => notice(view, one))}</ul>` : empty(t('home.announced_none'), '')}</div>`,
    bar: bottomBar({ back: () => view.acts.go('/app/home') }),
  })
}
