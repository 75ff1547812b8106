/** A household with people really living in it that is on no list. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { newInterviewId } from '../outbox/index.ts'
import { bigButton, bottomBar, type Choice, choiceButtons, noticeBox, screen, textField, tickBox } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { AppView } from './app-view.ts'
import { plain, type Row } from './household-state.ts'

/** The households of that number that are known already. */
export function sameNumber(rows: Row[], village: string, number: string): Row[] {
  const wanted = plain(number)
  return wanted ? rows.filter((row) => row.village === village && plain(row.house_number) === wanted) : []
}

function go(view: AppView, village: string): void {
  const { chosen, acts, session } = view
  const { house_number, head, unnumbered } = chosen.fresh
  const place = { id: newInterviewId(session.phone.world.now()), new: true, village, house_number: house_number.trim(), house_code: null, head: head.trim(), unnumbered }
  chosen.fresh = { village: '', house_number: '', unnumbered: false, head: '' }
  acts.begin(place, 'interviewed', 'doorstep', '')
}

function known(view: AppView, village: string): TemplateResult | typeof nothing {
  const [row] = sameNumber(view.session.rows, village, view.chosen.fresh.house_number)
  if (!row || view.chosen.fresh.unnumbered) return nothing
  return noticeBox('warn', html`<p>${t('home.new_same', { name: row.head_name || t('home.no_name') })}</p>
    ${bigButton(t('home.new_same_open'), () => view.acts.go(`/app/household/${encodeURIComponent(row.id)}`), { kind: 'secondary' })}`, true)
}

function villagesOf({ session }: AppView): Choice[] {
  return session.villages.map((each) => ({ name: each.code, label_th: t('home.village_of', { village: each.name_th, moo: each.moo ?? '-' }) }))
}

/** Village, number, head: then the interview begins like any other. */
export function newHouseholdScreen(view: AppView): TemplateResult {
  const { session, chosen, acts } = view
  const { fresh } = chosen
  const village = fresh.village || (session.villages.length === 1 ? (session.villages[0]?.code ?? '') : '')
  const set = (part: Partial<typeof fresh>) => {
    Object.assign(fresh, part)
    acts.render()
  }
  const complete = Boolean(village && fresh.house_number.trim() && session.definition)
  return screen({
    title: t('home.new_title'),
    body: html`<p class="help">${t('home.new_help')}</p>
      ${session.villages.length > 1 ? choiceButtons({ id: 'new-village', legend: t('home.new_village'), value: village, options: villagesOf(view), onChange: (name) => set({ village: name }) }) : nothing}
      ${textField({ id: 'new-number', label: t('home.new_number'), help: t('home.new_number_help'), value: fresh.house_number, maxlength: 30, onInput: (house_number) => set({ house_number }) })}
      ${tickBox({ id: 'new-unnumbered', label: t('home.new_unnumbered'), value: fresh.unnumbered, onChange: (unnumbered) => set({ unnumbered }) })}
      ${textField({ id: 'new-head', label: t('home.new_head'), value: fresh.head, required: false, onInput: (head) => set({ head }) })}
      ${known(view, village)}
      ${session.definition ? nothing : noticeBox('warn', t('home.no_definition'))}
      ${complete ? nothing : html`<p class="help">${t('home.new_missing')}</p>`}`,
    bar: bottomBar({ back: () => acts.go('/app/home'), next: () => go(view, village), nextLabel: t('home.new_go'), nextDisabled: !complete }),
  })
}
