"""The blueprint all views of this room enter."""

from flask import Blueprint

blueprint = Blueprint("workplaces", __name__)
