/** Lists of areas that fill themselves from the level above, and the villages offered. */
import { html, nothing } from 'lit-html'
import { show } from './showing.ts'

interface Area {
  code: string
  name: string
}
interface Found {
  codes: string[]
  name: string
  above: string
}
interface Offer extends Area {
  chosen: boolean
}

const LEVELS = ['province', 'district', 'subdistrict', 'village']

/** Every list has what can be chosen now; the buttons that asked for lists are not needed. */
export function fillPlaces(form: HTMLFormElement): void {
  for (const button of form.querySelectorAll<HTMLElement>('[data-plain]')) button.hidden = true
  const places = new Places(form)
  form.addEventListener('change', (event) => void places.changed(event.target))
  const search = form.querySelector<HTMLButtonElement>('[data-search]')
  search?.addEventListener('click', (event) => {
    event.preventDefault()
    void places.search()
  })
}

class Places {
  readonly #form: HTMLFormElement
  readonly #offers: Offer[]

  constructor(form: HTMLFormElement) {
    this.#form = form
    this.#offers = [...form.querySelectorAll<HTMLInputElement>('[name=offered]')].map((box) => ({
      code: box.value,
      name: box.closest('label')?.textContent?.trim() ?? '',
      chosen: box.checked,
    }))
  }

  async changed(target: EventTarget | null): Promise<void> {
    if (target instanceof HTMLSelectElement && target.dataset.area) await this.#below(target)
    if (!(target instanceof HTMLInputElement)) return
    if (target.name === 'offered') this.#choose(target.value, target.checked)
    if (target.name === 'more' && target.checked) await this.#offerOf(target.value)
  }

  /** Villages by the beginning of their name; the one picked is taken at once. */
  async search(): Promise<void> {
    const typed = this.#form.querySelector<HTMLInputElement>('[name=village_name]')?.value ?? ''
    const found = await ask<Found[]>(`/register/villages?name=${encodeURIComponent(typed)}`)
    const place = document.getElementById('found')
    if (!place || !found) return
    show(
      found.length ? found.map((one) => foundChoice(one, () => void this.#take(one.codes))) : html`<p>${this.#form.dataset.nothing}</p>`,
      place,
    )
  }

  /** A village found by name: all four lists are set to it. */
  async #take(codes: string[]): Promise<void> {
    for (const [place, code] of codes.entries()) {
      const list = this.#list(LEVELS[place]!)
      if (!list) continue
      list.value = code
      await this.#below(list)
    }
  }

  async #below(list: HTMLSelectElement): Promise<void> {
    const level = list.dataset.area!
    const next = this.#list(LEVELS[LEVELS.indexOf(level) + 1] ?? '')
    if (level === 'village') return this.#choose(list.value, true)
    for (const lower of LEVELS.slice(LEVELS.indexOf(level) + 1)) this.#fill(this.#list(lower), [])
    if (!next || !list.value) return
    const areas = (await ask<Area[]>(`/register/areas/${list.value}`)) ?? []
    this.#fill(next, areas)
    if (level === 'district') this.#showOthers(areas)
    if (level === 'subdistrict') this.#offer(areas)
  }

  #list(level: string): HTMLSelectElement | null {
    return this.#form.querySelector(`select[data-area="${level}"]`)
  }

  /** The first line ("choose …") stays. */
  #fill(list: HTMLSelectElement | null, areas: Area[]): void {
    list?.replaceChildren(list.options[0]!, ...areas.map(({ code, name }) => new Option(name, code)))
  }

  #offer(areas: Area[]): void {
    const kept = this.#offers.filter(({ chosen }) => chosen)
    const fresh = areas.filter(({ code }) => !kept.some((one) => one.code === code))
    this.#offers.splice(0, Infinity, ...kept, ...fresh.map((one) => ({ ...one, chosen: false })))
    this.#showOffers()
  }

  async #offerOf(subdistrict: string): Promise<void> {
    const areas = (await ask<Area[]>(`/register/areas/${subdistrict}`)) ?? []
    const known = new Set(this.#offers.map(({ code }) => code))
    this.#offers.push(...areas.filter(({ code }) => !known.has(code)).map((one) => ({ ...one, chosen: false })))
    this.#showOffers()
  }

  #choose(code: string, chosen: boolean): void {
    const offer = this.#offers.find((one) => one.code === code)
    if (offer) offer.chosen = chosen
    this.#showOffers()
  }

  #showOffers(): void {
    const place = document.getElementById('offered')
    if (!place) return
    show(this.#offers.map((one) => tick('offered', one, one.chosen)), place)
  }

  #showOthers(areas: Area[]): void {
    const [others, place] = ['others', 'more'].map((id) => document.getElementById(id))
    if (!others || !place) return
    others.hidden = areas.length === 0
    show(areas.map((one) => tick('more', one, false)), place)
  }
}

function tick(name: string, { code, name: words }: Area, chosen: boolean): unknown {
  return html`<label class="choice"
    ><input class="choice__input" type="checkbox" name=${name} value=${code} .checked=${chosen} /><span class="choice__mark choice__mark--some" aria-hidden="true"></span
    ><span class="choice__label">${words}</span></label
  >`
}

function foundChoice(one: Found, take: () => void): unknown {
  return html`<label class="choice"
    ><input class="choice__input" type="radio" name="found" value=${one.codes.at(-1) ?? nothing} @change=${take} /><span class="choice__mark choice__mark--one" aria-hidden="true"></span
    ><span class="choice__label">${one.name}<small>${one.above}</small></span></label
  >`
}

/** A list from the register; null where it did not come, so that what is there stays. */
async function ask<T>(address: string): Promise<T | null> {
  try {
    const response = await fetch(address, { headers: { Accept: 'application/json' } })
    return response.ok ? ((await response.json()) as T) : null
  } catch {
    return null
  }
}
