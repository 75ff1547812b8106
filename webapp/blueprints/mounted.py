"""The blueprints of the application, in one list."""

from webapp.blueprints import auth, interviews, map, pages, pwa, sync

BLUEPRINTS = (pages.bp, auth.bp, pwa.bp, sync.bp, map.bp, interviews.bp)
