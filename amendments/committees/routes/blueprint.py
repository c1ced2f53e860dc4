from flask import Blueprint

blueprint = Blueprint("committees", __name__)
