"""จปฐ.: the household survey of basic needs. create_app() puts the parts together."""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import assets, cli, db, keys
from webapp.blueprints import (
    access,
    errors,
    headers,
    language,
    mounted,
    office_menu,
    packed,
    sent_again,
)
from webapp.blueprints.sessions import Sessions
from webapp.config import Config

LARGEST_REQUEST = 2 * 1024 * 1024


def create_app(config: Config) -> Flask:
    """The application, bound to its database, its keys and its built client."""
    app = Flask(__name__)
    kept = keys.load(config.keys)
    app.config.update(
        SECRET_KEY=kept.secrets["forms"].hex(),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        TESTING=config.testing,
        JPT=config,
    )
    app.session_interface = Sessions()
    built = assets.load()
    app.extensions |= {"keys": kept, "assets": built, "engine": db.configure(config)}
    app.jinja_env.globals |= {"asset": built.url, "fonts": built.fonts, "demo": config.demo}
    CSRFProtect(app)
    headers.install(app, config)
    access.install(app)
    language.install(app)
    office_menu.install(app)
    errors.install(app)
    packed.install(app)
    sent_again.install(app)
    for blueprint in mounted.BLUEPRINTS:
        app.register_blueprint(blueprint)
    cli.register(app)
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
