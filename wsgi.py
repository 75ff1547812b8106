"""What gunicorn serves."""

from webapp import create_app
from webapp.config import Config

app = create_app(Config.from_environment())
