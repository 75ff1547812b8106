/** The inspector's map: filters, list, map and one household, kept in step with the address bar. */
import 'maplibre-gl/dist/maplibre-gl.css'
import '../../static/css/map.css'
import '../../static/css/map-marks.css'
import '../../static/css/panel.css'
import '../../static/css/triage.css'
import { render } from 'lit-html'
import { addTexts } from '../ui/language.ts'
import en from '../ui/texts/en/map.ts'
import th from '../ui/texts/th/map.ts'
import { actsOf } from './acts.ts'
import { read, type Place, type Seen } from './address.ts'
import { openCanvas, type Heard } from './canvas.ts'
import { walkList, walkPanel } from './keys.ts'
import { followLinks } from './links.ts'
import { explaining, otherSide } from './explaining.ts'
import { address, filtered, open, part, show, type Page } from './opening.ts'
import { pictures } from './pictures.ts'
import { reading } from './reading.ts'
import type { MapState } from './state.ts'
import { page as drawn, type Acts } from './view.ts'

const SOON = 300
const NOTHING = { colouring: 'state', triage: null, onlyFound: false, lasso: false, asking: false, acting: false, done: null, trouble: '' } as const

function stateOf({ filters, household }: Place): MapState {
  const view = household ? 'household' : 'list'
  return { filters, choices: null, lines: [], next: null, status: 'loading', view, chosen: null, told: '', noMap: false, ...NOTHING }
}

function start(root: HTMLElement): void {
  const first = read(location)
  const state = stateOf(first)
  const draw = () => void render(drawn(state, acts), root)
  const page: Page = { state, seen: first.seen, canvas: null, reading: reading(state, draw, (box) => page.canvas?.fit(box)), draw, renewed: () => undefined }
  const acts = actsOf(page)
  draw()
  page.renewed = pictures(part('panel'), part('picture')).renewed
  followLinks(part('panel'))
  walkList(part('list-part'))
  walkPanel(part('household-part'), { ...acts, act: (letter) => decides(letter, acts) })
  explaining(part('panel'), () => page.renewed())
  otherSide(part('panel'), acts.choose)
  try {
    page.canvas = openCanvas(part('canvas'), root.dataset, state.filters, page.seen, hearing(page, acts))
  } catch {
    state.noMap = true // no WebGL2: the list says the same
  }
  void open(page, first.household, !first.seen)
  void page.reading.loadChoices(!first.seen && !first.household)
  void page.reading.load(null)
}

/** What the drawn map tells: where it looks is written once it rests; back and forth bring everything back. */
function hearing(page: Page, acts: Acts): Heard {
  let later = 0
  addEventListener('popstate', () => {
    clearTimeout(later)
    goTo(page, read(location))
  })
  return {
    choose: acts.choose,
    chooseMany: acts.chooseMany,
    seen(now: Seen) {
      page.seen = now
      clearTimeout(later)
      later = setTimeout(() => history.replaceState(null, '', address(page)), SOON)
    },
    tell(words) {
      if (words === page.state.told) return
      page.state.told = words
      page.draw()
    },
  }
}

/** One letter each, heard only in the panel and never in a field: accept, ask for evidence again, undo. */
function decides(letter: string, acts: Acts): boolean {
  const act = { a: acts.accept, e: acts.ask, u: acts.undo }[letter]
  act?.()
  return act !== undefined
}

function goTo(page: Page, { filters, household, seen }: Place): void {
  const { state } = page
  page.seen = seen
  if (JSON.stringify(filters) !== JSON.stringify(state.filters)) filtered(page, filters)
  if (household !== state.chosen) void open(page, household, false)
  if (!household && state.view === 'household') show(page, 'list')
  if (seen) page.canvas?.look(seen)
}

addTexts('map', { th, en })
const root = document.getElementById('map-app')
if (root) start(root)
