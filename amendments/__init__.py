"""Amendments: committees of a town agree on a text. The application factory is `amendments.app`; importing the engine
loads no Flask.
"""
