"""For servers that speak WSGI: `gunicorn wsgi:app`."""

from amendments.app import create_app

app = create_app()
