/** The round's services, and since when or until when each is open: the plan as the register last told it. */
import { html, type TemplateResult } from 'lit-html'
import type { ServiceWindow } from '../outbox/records.ts'
import { badge, bottomBar, empty, screen } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { AppView } from './app-view.ts'
import { planWords } from './service-window.ts'
import { trustedNow } from './session.ts'

/** In the order of the plan. */
export const SERVICES = [
  'publicity', 'briefing', 'program', 'volunteer_registration', 'progress_report', 'manage_volunteers', 'manage_inspectors',
  'manage_viewers', 'recording', 'volunteer_export', 'indicator_report', 'mis_dashboard', 'weekly_campaign_photos', 'problem_report',
  'district_certification', 'district_export', 'province_certification',
]

function line(service: string, window: ServiceWindow | null, now: Date): TemplateResult {
  const said = planWords(window, now)
  return html`<li class="check" data-service=${service}><span class="check__what">${t(`plan.${service}`)}</span>${badge(said.open ? 'good' : 'quiet', said.text)}</li>`
}

/** แผนการให้บริการ. */
export function planScreen(view: AppView): TemplateResult {
  const { round } = view.session.register
  const now = trustedNow(view.session)
  return screen({
    title: t('plan.title'),
    over: round.name_th,
    body: round.services
      ? html`<p class="help">${t('plan.help')}</p><ul class="checks card">${SERVICES.map((service) => line(service, round.services?.[service] ?? null, now))}</ul>`
      : empty(t('plan.unknown'), ''),
    bar: bottomBar({ back: () => view.acts.go('/app/home') }),
  })
}
