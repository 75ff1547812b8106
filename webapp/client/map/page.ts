/** The inspector's map: filters, list, map and one household, kept in step with the address bar. */
import 'maplibre-gl/dist/maplibre-gl.css'
import '../../static/css/map.css'
import '../../static/css/panel.css'
import { render } from 'lit-html'
import { addTexts, t } from '../ui/language.ts'
import en from '../ui/texts/en/map.ts'
import th from '../ui/texts/th/map.ts'
import { read, written, type Seen } from './address.ts'
import { openCanvas, type Canvas } from './canvas.ts'
import { walkList, walkPanel } from './keys.ts'
import { followLinks } from './links.ts'
import { say, showHousehold } from './panel.ts'
import { pictures } from './pictures.ts'
import { reading } from './reading.ts'
import { householdsOf, type Filters, type Line, type MapState } from './state.ts'
import { page, type Acts } from './view.ts'

const SOON = 300
const VILLAGE_ZOOM = 14

function start(root: HTMLElement): void {
  const first = read(location)
  const state: MapState = { filters: first.filters, choices: null, lines: [], next: null, status: 'loading', view: first.household ? 'household' : 'list', chosen: null, told: '', noMap: false }
  let canvas: Canvas | null = null
  let seen: Seen | null = first.seen
  let later = 0
  const draw = () => void render(page(state, acts), root)
  const part = (id: string) => document.getElementById(id) as HTMLElement
  const address = () => written({ filters: state.filters, household: state.chosen, seen })
  const { load, loadChoices } = reading(state, draw, (box) => canvas?.fit(box))

  function show(view: MapState['view']): void {
    state.view = view
    draw()
    canvas?.resize()
  }

  function filtered(filters: Filters): void {
    const isElsewhere = filters.area !== state.filters.area
    state.filters = filters
    canvas?.filter(filters)
    void loadChoices(isElsewhere)
    void load(null)
  }

  /** Another household, or none; where it lies is marked, and looked at unless the address says where to look. */
  async function open(id: string | null, moves: boolean): Promise<void> {
    state.chosen = id
    if (!id) {
      say(part('panel'), t('map.choose'))
      canvas?.mark(null, false)
      return draw()
    }
    show('household')
    const spot = await showHousehold(part('panel'), id)
    if (state.chosen !== id) return
    beside.renewed()
    canvas?.mark(spot ?? villageOf(state.lines.find((one) => one.id === id)), moves)
    part('panel').querySelector<HTMLElement>('h2')?.focus()
  }

  function push(): void {
    history.pushState(null, '', address())
  }

  const acts: Acts = {
    filter(name, value) {
      filtered({ ...state.filters, [name]: value || undefined })
      push()
    },
    clear() {
      filtered({})
      push()
      document.getElementById('filter-area')?.focus()
    },
    show(view) {
      show(view)
      const where = view === 'map' ? part('canvas').querySelector<HTMLElement>('canvas') : view === 'list' ? part('list-part') : part('panel')
      where?.focus()
    },
    more: () => void load(state.next),
    again: () => void load(state.next),
    choose(id) {
      void open(id, true)
      push()
    },
    goTo({ village_longitude: longitude, village_latitude: latitude }) {
      if (longitude === null || latitude === null) return
      show('map')
      canvas?.look({ zoom: VILLAGE_ZOOM, latitude, longitude })
    },
    async step(by) {
      const at = householdsOf(state).indexOf(state.chosen ?? '') + by
      if (at >= householdsOf(state).length && state.next) await load(state.next)
      const id = householdsOf(state)[at]
      if (id) acts.choose(id)
    },
    leave() {
      const line = document.querySelector<HTMLElement>(`[data-id="${state.chosen}"]`)
      void open(null, false)
      show('list')
      push()
      ;(line ?? part('list-part')).focus()
    },
  }

  function moved(now: Seen): void {
    seen = now
    clearTimeout(later)
    later = setTimeout(() => history.replaceState(null, '', address()), SOON)
  }

  function tell(words: string): void {
    if (words === state.told) return
    state.told = words
    draw()
  }

  addEventListener('popstate', () => {
    const place = read(location)
    clearTimeout(later)
    seen = place.seen
    if (JSON.stringify(place.filters) !== JSON.stringify(state.filters)) filtered(place.filters)
    if (place.household !== state.chosen) void open(place.household, false)
    if (!place.household && state.view === 'household') show('list')
    if (place.seen) canvas?.look(place.seen)
  })

  draw()
  const beside = pictures(part('panel'), part('picture'))
  followLinks(part('panel'))
  walkList(part('list-part'))
  walkPanel(part('household-part'), acts)
  try {
    canvas = openCanvas(part('canvas'), root.dataset, state.filters, seen, { choose: acts.choose, seen: moved, tell })
  } catch {
    state.noMap = true // no WebGL2: the list says the same
  }
  void open(first.household, !first.seen)
  void loadChoices(!first.seen && !first.household)
  void load(null)
}

/** A household that nobody has interviewed stands at its village. */
function villageOf(line: Line | undefined) {
  if (line?.longitude == null || line.latitude == null) return null
  return { point: [line.longitude, line.latitude] as [number, number], metres: 0, village: null }
}

addTexts('map', { th, en })
const root = document.getElementById('map-app')
if (root) start(root)
