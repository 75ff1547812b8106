/** The inspector's map: filters, list, map and one household, kept in step. */
import 'maplibre-gl/dist/maplibre-gl.css'
import '../../static/css/map.css'
import { render } from 'lit-html'
import { addTexts, t } from '../ui/language.ts'
import en from '../ui/texts/en/map.ts'
import th from '../ui/texts/th/map.ts'
import { openCanvas, type Canvas } from './canvas.ts'
import { say, showInterview } from './panel.ts'
import { reading } from './reading.ts'
import type { Filters, MapState } from './state.ts'
import { page, type Acts } from './view.ts'

function start(root: HTMLElement): void {
  const state: MapState = { filters: {}, choices: null, households: [], next: null, status: 'loading', view: 'map', chosen: null, noMap: false }
  let canvas: Canvas | null = null
  const draw = () => render(page(state, acts), root)
  const part = (id: string) => document.getElementById(id) as HTMLElement

  const { load, loadChoices } = reading(state, draw, (box) => canvas?.fit(box))

  const acts: Acts = {
    filter(name: keyof Filters, value: string) {
      state.filters = { ...state.filters, [name]: value || undefined }
      if (name === 'area') void loadChoices()
      canvas?.filter(state.filters)
      void load(null)
    },
    show(view) {
      state.view = view
      draw()
      canvas?.resize()
    },
    more: () => void load(state.next),
    again: () => void load(state.next),
    async choose(id, interview) {
      const known = state.households.find((one) => one.id === id)
      Object.assign(state, { chosen: id, view: 'household' })
      draw()
      canvas?.resize()
      const position = interview ? await showInterview(part('panel'), interview) : null
      if (state.chosen !== id) return
      if (!interview) say(part('panel'), t('map.no_interview'))
      if (position) canvas?.mark(position.longitude, position.latitude, position.metres)
      else if (known?.longitude != null && known.latitude != null) canvas?.mark(known.longitude, known.latitude, 0)
    },
  }

  draw()
  say(part('panel'), t('map.choose'))
  try {
    canvas = openCanvas(part('canvas'), root.dataset, state.filters, acts.choose)
  } catch {
    state.noMap = true // no WebGL2: the list says the same
  }
  void loadChoices()
  void load(null)
}

addTexts('map', { th, en })
const root = document.getElementById('map-app')
if (root) start(root)
