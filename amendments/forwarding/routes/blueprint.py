from flask import Blueprint

blueprint = Blueprint("forwarding", __name__)
