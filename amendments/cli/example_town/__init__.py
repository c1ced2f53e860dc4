"""The example town: texts, people and proposals as data (`*.md`, `*.toml`), and `build`, which files them as people
would.
"""
