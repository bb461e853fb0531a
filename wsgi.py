"""The WSGI application, for servers that ask for one by its name: ``wsgi:app``."""

from riskq.web import create_app

app = create_app()
